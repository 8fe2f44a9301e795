//! Permissions that operations need, that are granted, and that are missing.

use std::fmt;

use super::info::OperationInfo;
use super::permission::Permission;
use crate::codec::{DecodeError, Map, Slot, Value, decode, encode};

/// The levels that include all levels before them. Any other level includes only itself.
const LEVELS: [&str; 3] = ["read", "write", "admin"];

/// The maximum number of alternatives that the search for the smallest grant tries.
const MAX_STEPS: usize = 20_000;

/// A permission that an operation needs, with its level, as a part of [`MissingPermissions`]: from the OpenAPI
/// document, or as a server names it in its refusal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequiredPermission {
    /// The name of the permission, such as `contents`.
    pub name: String,
    /// The level of the permission, such as `read`.
    pub level: String,
}

impl From<&Permission> for RequiredPermission {
    fn from(permission: &Permission) -> Self {
        Self {
            name: permission.name.to_owned(),
            level: permission.level.to_owned(),
        }
    }
}

impl fmt::Display for RequiredPermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name may come from a response and be printed in a terminal.
        write!(
            f,
            "{}: {}",
            self.name.escape_debug(),
            self.level.escape_debug()
        )
    }
}

/// The permissions that are granted to a credential, each at one level. `write` includes `read`, and `admin` includes
/// both. The client compares them with the needs of an operation.
///
/// ```
/// use octogen_runtime::Grants;
///
/// let granted = Grants::from([("contents", "write"), ("metadata", "read")]);
/// assert_eq!(granted.level("contents"), Some("write"));
/// assert!(granted.include("contents", "read") && !granted.include("metadata", "write"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants(Map<String>);

impl Grants {
    /// Creates a set of granted permissions that is empty: nothing is granted.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Returns the level at which a permission is granted, such as `read`, or `None` if it is not granted.
    #[must_use]
    pub fn level(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Returns whether a permission is granted at the given level or a higher one.
    #[must_use]
    pub fn include(&self, name: &str, level: &str) -> bool {
        self.level(name)
            .is_some_and(|granted| reaches(granted, level))
    }

    /// Returns an iterator over the granted permissions: the name and the level of each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, level)| (name.as_str(), level.as_str()))
    }

    /// Returns the number of permissions in this set of grants.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether this set of grants has no permission.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Converts granted permissions into a generated model that has one key for each permission. Use it for the body of
    /// a request that creates an access token.
    ///
    /// # Errors
    ///
    /// If the model cannot hold one of the permissions.
    pub fn to_model<T: Slot>(&self) -> Result<T, DecodeError> {
        decode(encode(&self.0).as_bytes())
    }

    /// Checks whether the granted permissions allow an operation. They do if the permissions of the operation are not
    /// documented. The client calls it before it sends.
    ///
    /// # Errors
    ///
    /// If each documented alternative needs a permission that is not granted.
    pub fn allow(&self, info: &OperationInfo) -> Result<(), MissingPermissions> {
        let Some(ways) = info.permissions else {
            return Ok(());
        };
        let met = |way: &&[Permission]| way.iter().all(|need| self.include(need.name, need.level));
        if ways.is_empty() || ways.iter().any(met) {
            return Ok(());
        }
        let needed = ways
            .iter()
            .map(|way| way.iter().map(RequiredPermission::from).collect())
            .collect();
        Err(MissingPermissions::new(needed, Some(self)))
    }

    /// Grants one more permission, at this level or a higher one.
    fn add(&mut self, need: &Permission) {
        if !self.include(need.name, need.level) {
            self.0.insert(need.name.to_owned(), need.level.to_owned());
        }
    }

    /// Returns a number by which grants are compared. Another permission weighs more than any level.
    fn weight(&self) -> usize {
        self.0
            .values()
            .map(|level| LEVELS.len() + 1 + rank(level).unwrap_or_default())
            .sum()
    }
}

impl<N: Into<String>, L: Into<String>, const COUNT: usize> From<[(N, L); COUNT]> for Grants {
    fn from(permissions: [(N, L); COUNT]) -> Self {
        permissions.into_iter().collect()
    }
}

impl<N: Into<String>, L: Into<String>> FromIterator<(N, L)> for Grants {
    fn from_iter<I: IntoIterator<Item = (N, L)>>(permissions: I) -> Self {
        Self(
            permissions
                .into_iter()
                .map(|(name, level)| (name.into(), level.into()))
                .collect(),
        )
    }
}

/// Reads the permissions from a model: each key whose value is a string.
impl<T: Slot> From<&T> for Grants {
    fn from(model: &T) -> Self {
        let read = decode::<Map<Value>>(encode(model).as_bytes()).unwrap_or_default();
        read.into_iter()
            .filter_map(|(name, level)| Some((name, level.as_str()?.to_owned())))
            .collect()
    }
}

/// The error that an operation needs permissions which are not granted to the credential.
///
/// The client finds them before it sends if it knows the grants ([`Grants`]). Otherwise the refusal of the server names
/// them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPermissions {
    needed: Vec<Vec<RequiredPermission>>,
    missing: Vec<RequiredPermission>,
}

impl MissingPermissions {
    fn new(needed: Vec<Vec<RequiredPermission>>, granted: Option<&Grants>) -> Self {
        let lacks = |need: &&RequiredPermission| {
            granted.is_none_or(|granted| !granted.include(&need.name, &need.level))
        };
        let lacking = needed
            .iter()
            .map(|way| way.iter().filter(lacks).cloned().collect::<Vec<_>>());
        let missing = lacking.min_by_key(Vec::len).unwrap_or_default();
        Self { needed, missing }
    }

    /// Parses the response header in which a server lists the permissions that an operation needs
    /// ([`ServiceConventions`](crate::ServiceConventions)). Semicolons separate alternatives, and commas separate the
    /// permissions of an alternative. Returns `None` if the header names no permission.
    ///
    /// ```
    /// use octogen_runtime::MissingPermissions;
    ///
    /// let missing = MissingPermissions::parse("issues=write; pull_requests=write,contents=read", None);
    /// assert_eq!(missing.map(|missing| missing.needed().len()), Some(2));
    /// ```
    #[must_use]
    pub fn parse(header: &str, granted: Option<&Grants>) -> Option<Self> {
        let need = |written: &str| {
            let (name, level) = written.trim().split_once('=')?;
            let (name, level) = (name.trim(), level.trim());
            // A flag such as `allows_permissionless_access=true` is not a permission.
            let is_level = !matches!(level, "" | "true" | "false");
            (!name.is_empty() && is_level).then(|| RequiredPermission {
                name: name.to_owned(),
                level: level.to_owned(),
            })
        };
        let way = |written: &str| written.split(',').filter_map(need).collect::<Vec<_>>();
        let needed: Vec<_> = header
            .split(';')
            .map(way)
            .filter(|way| !way.is_empty())
            .collect();
        (!needed.is_empty()).then(|| Self::new(needed, granted))
    }

    /// Returns all permissions that the refused operation needs. One alternative of the outer list is enough, and it
    /// needs all permissions of its inner list.
    #[must_use]
    pub fn needed(&self) -> &[Vec<RequiredPermission>] {
        &self.needed
    }

    /// Returns the permissions to grant so that the operation is allowed. If [`needed`](Self::needed) lists several
    /// alternatives, they are those of the one with the fewest missing permissions. The list is empty if the server
    /// refuses although all permissions are granted, for example because the credential does not cover the resource.
    #[must_use]
    pub fn missing(&self) -> &[RequiredPermission] {
        &self.missing
    }
}

impl fmt::Display for MissingPermissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |needs: &[RequiredPermission]| {
            needs
                .iter()
                .map(|need| format!("`{need}`"))
                .collect::<Vec<_>>()
                .join(" and ")
        };
        let ways: Vec<_> = self.needed.iter().map(|way| list(way)).collect();
        match self.missing.as_slice() {
            [] => f.write_str("all permissions that it needs are granted"),
            [one] => write!(f, "the permission `{one}` is missing"),
            several => write!(f, "the permissions {} are missing", list(several)),
        }?;
        if self.needed.len() > 1 || self.missing.is_empty() {
            write!(f, " (needed: {})", ways.join(", or "))?;
        }
        Ok(())
    }
}

impl std::error::Error for MissingPermissions {}

/// A struct with the permissions that several operations need together: the result of [`permissions_for`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequiredPermissions {
    /// The smallest grant that allows all operations whose permissions are documented: the fewest permissions, then the
    /// lowest levels.
    pub grants: Grants,
    /// The ids of operations whose permissions are not documented.
    pub undocumented: Vec<&'static str>,
}

/// Returns the smallest set of permissions that allows all operations of a list. Use it to request an access token with
/// no more permissions than a program needs.
///
/// ```
/// use octogen_runtime::{OperationInfo, Permission, permissions_for};
///
/// const LIST: OperationInfo = OperationInfo::get("list", "/things")
///     .needing(&[&[Permission::new("issues", "read")], &[Permission::new("pull_requests", "read")]]);
/// const MERGE: OperationInfo =
///     OperationInfo::put("merge", "/merge").needing(&[&[Permission::new("pull_requests", "write")]]);
///
/// let needs = permissions_for([&LIST, &MERGE]);
/// assert_eq!(needs.grants.iter().collect::<Vec<_>>(), [("pull_requests", "write")]);
/// assert!(needs.undocumented.is_empty());
/// ```
pub fn permissions_for<'a>(
    operations: impl IntoIterator<Item = &'a OperationInfo>,
) -> RequiredPermissions {
    let mut needs = RequiredPermissions::default();
    let mut choices: Vec<&[&[Permission]]> = Vec::new();
    for info in operations {
        match info.permissions {
            None => needs.undocumented.push(info.id),
            // One alternative leaves no choice.
            Some([way]) => way.iter().for_each(|need| needs.grants.add(need)),
            Some(ways) if !ways.is_empty() && !choices.contains(&ways) => choices.push(ways),
            Some(_) => {}
        }
    }
    let mut search = Search {
        best: None,
        left: MAX_STEPS,
    };
    search.try_all(&needs.grants, &choices);
    if let Some(best) = search.best {
        needs.grants = best;
    }
    needs.grants.0.sort_unstable_keys();
    needs
}

/// The search for the smallest grant. The first one that it finds takes the smallest alternative of each operation.
struct Search {
    best: Option<Grants>,
    left: usize,
}

impl Search {
    fn try_all(&mut self, granted: &Grants, choices: &[&[&[Permission]]]) {
        let is_better = |best: &Grants| granted.weight() < best.weight();
        if !self.best.as_ref().is_none_or(is_better) {
            return;
        }
        let Some((ways, rest)) = choices.split_first() else {
            self.best = Some(granted.clone());
            return;
        };
        let mut ways: Vec<Grants> = ways.iter().map(|way| with(granted, way)).collect();
        ways.sort_by_key(Grants::weight);
        for way in ways {
            if self.best.is_some() && self.left == 0 {
                return;
            }
            self.left = self.left.saturating_sub(1);
            self.try_all(&way, rest);
        }
    }
}

/// Returns the grants with the permissions of one more alternative.
fn with(granted: &Grants, way: &[Permission]) -> Grants {
    let mut granted = granted.clone();
    way.iter().for_each(|need| granted.add(need));
    granted
}

/// Returns the position of a level among those that include one another.
fn rank(level: &str) -> Option<usize> {
    LEVELS.iter().position(|known| *known == level)
}

/// Returns whether a granted level includes another one.
fn reaches(granted: &str, level: &str) -> bool {
    match (rank(granted), rank(level)) {
        (Some(granted), Some(level)) => granted >= level,
        _ => granted == level,
    }
}
