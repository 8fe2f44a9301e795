//! Permissions: what operations need, what is granted, and what is missing.

use std::fmt;

use super::about::{About, Permission};
use crate::codec::error::DecodeError;
use crate::codec::slot::Slot;
use crate::codec::value::{Map, Value};

/// The levels that include one another, the lowest first; any other level is only itself.
const LEVELS: [&str; 3] = ["read", "write", "admin"];

/// How many ways are looked at for the smallest grant.
const STEPS: usize = 20_000;

/// A permission at a level, as a server names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Need {
    /// The name, such as `contents`.
    pub name: String,
    /// The level, such as `read`.
    pub level: String,
}

impl From<&Permission> for Need {
    fn from(permission: &Permission) -> Self {
        Self { name: permission.name.to_owned(), level: permission.level.to_owned() }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A name may come from a response, and ends in a terminal.
        write!(f, "{}: {}", self.name.escape_debug(), self.level.escape_debug())
    }
}

/// Permissions that are granted, each at one level; writing includes reading, and administering both.
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
    /// Nothing is granted.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The level at which a permission is granted.
    #[must_use]
    pub fn level(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Whether a permission is granted at that level or a higher one.
    #[must_use]
    pub fn include(&self, name: &str, level: &str) -> bool {
        self.level(name).is_some_and(|granted| reaches(granted, level))
    }

    /// The permissions with their levels.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, level)| (name.as_str(), level.as_str()))
    }

    /// How many permissions are granted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is granted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same as a model that has a key for each permission, for a manifest or a token that is to reach no further.
    ///
    /// # Errors
    ///
    /// Where the model can't hold such keys.
    pub fn to_model<T: Slot>(&self) -> Result<T, DecodeError> {
        crate::decode(crate::encode(&self.0).as_bytes())
    }

    /// Whether an operation may be sent: where its need isn't documented, it may.
    ///
    /// # Errors
    ///
    /// Where each documented way needs a permission that isn't granted.
    pub fn allow(&self, about: &About) -> Result<(), MissingPermissions> {
        let Some(ways) = about.permissions else { return Ok(()) };
        let met = |way: &&[Permission]| way.iter().all(|need| self.include(need.name, need.level));
        if ways.is_empty() || ways.iter().any(met) {
            return Ok(());
        }
        let needed = ways.iter().map(|way| way.iter().map(Need::from).collect()).collect();
        Err(MissingPermissions::new(needed, Some(self)))
    }

    /// Grants one more, at least at that level.
    fn add(&mut self, need: &Permission) {
        if !self.include(need.name, need.level) {
            self.0.insert(need.name.to_owned(), need.level.to_owned());
        }
    }

    /// How much it is: each permission counts more than any level.
    fn weight(&self) -> usize {
        self.0.values().map(|level| LEVELS.len() + 1 + rank(level).unwrap_or_default()).sum()
    }
}

impl<N: Into<String>, L: Into<String>, const COUNT: usize> From<[(N, L); COUNT]> for Grants {
    fn from(permissions: [(N, L); COUNT]) -> Self {
        permissions.into_iter().collect()
    }
}

impl<N: Into<String>, L: Into<String>> FromIterator<(N, L)> for Grants {
    fn from_iter<I: IntoIterator<Item = (N, L)>>(permissions: I) -> Self {
        Self(permissions.into_iter().map(|(name, level)| (name.into(), level.into())).collect())
    }
}

/// The permissions that a model holds, such as those of an installation or of its token: each key with a text.
impl<T: Slot> From<&T> for Grants {
    fn from(model: &T) -> Self {
        let read = crate::decode::<Map<Value>>(crate::encode(model).as_bytes()).unwrap_or_default();
        read.into_iter().filter_map(|(name, level)| Some((name, level.as_str()?.to_owned()))).collect()
    }
}

/// What an operation needs and isn't granted.
///
/// Known before anything is sent where a client knows what is granted, else told by the server's refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPermissions {
    needed: Vec<Vec<Need>>,
    missing: Vec<Need>,
}

impl MissingPermissions {
    fn new(needed: Vec<Vec<Need>>, granted: Option<&Grants>) -> Self {
        let lacks = |need: &&Need| granted.is_none_or(|granted| !granted.include(&need.name, &need.level));
        let lacking = needed.iter().map(|way| way.iter().filter(lacks).cloned().collect::<Vec<_>>());
        let missing = lacking.min_by_key(Vec::len).unwrap_or_default();
        Self { needed, missing }
    }

    /// What a server says in `X-Accepted-GitHub-Permissions`: ways between semicolons, and between commas what each of
    /// them needs. `None` where it names no permission.
    #[must_use]
    pub fn parse(header: &str, granted: Option<&Grants>) -> Option<Self> {
        let need = |written: &str| {
            let (name, level) = written.trim().split_once('=')?;
            let (name, level) = (name.trim(), level.trim());
            // `allows_permissionless_access=true` and the like are no permissions.
            let is_level = !matches!(level, "" | "true" | "false");
            (!name.is_empty() && is_level).then(|| Need { name: name.to_owned(), level: level.to_owned() })
        };
        let way = |written: &str| written.split(',').filter_map(need).collect::<Vec<_>>();
        let needed: Vec<_> = header.split(';').map(way).filter(|way| !way.is_empty()).collect();
        (!needed.is_empty()).then(|| Self::new(needed, granted))
    }

    /// All that would do: any one of the outer list, all of an inner one.
    #[must_use]
    pub fn needed(&self) -> &[Vec<Need>] {
        &self.needed
    }

    /// What is missing of the way that lacks least. Empty where a server refuses although all of it is granted, as for a
    /// repository that isn't covered.
    #[must_use]
    pub fn missing(&self) -> &[Need] {
        &self.missing
    }
}

impl fmt::Display for MissingPermissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |needs: &[Need]| needs.iter().map(|need| format!("`{need}`")).collect::<Vec<_>>().join(" and ");
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

/// What several operations need together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Needs {
    /// The smallest grant that allows all of which the need is documented: the fewest permissions, then the lowest
    /// levels.
    pub grants: Grants,
    /// The ids of the operations of which it isn't.
    pub undocumented: Vec<&'static str>,
}

/// The smallest grant that a list of operations needs.
///
/// ```
/// use octogen_runtime::{About, Method, Permission, permissions_for};
///
/// const LIST: About = About::new("list", Method::Get, "/things")
///     .needing(&[&[Permission::new("issues", "read")], &[Permission::new("pull_requests", "read")]]);
/// const MERGE: About = About::new("merge", Method::Put, "/merge").needing(&[&[Permission::new("pull_requests", "write")]]);
///
/// let needs = permissions_for([&LIST, &MERGE]);
/// assert_eq!(needs.grants.iter().collect::<Vec<_>>(), [("pull_requests", "write")]);
/// assert!(needs.undocumented.is_empty());
/// ```
pub fn permissions_for<'a>(operations: impl IntoIterator<Item = &'a About>) -> Needs {
    let mut needs = Needs::default();
    let mut choices: Vec<&[&[Permission]]> = Vec::new();
    for about in operations {
        match about.permissions {
            None => needs.undocumented.push(about.id),
            // What has one way has no choice.
            Some([way]) => way.iter().for_each(|need| needs.grants.add(need)),
            Some(ways) if !ways.is_empty() && !choices.contains(&ways) => choices.push(ways),
            Some(_) => {}
        }
    }
    let mut search = Search { best: None, left: STEPS };
    search.try_all(&needs.grants, &choices);
    if let Some(best) = search.best {
        needs.grants = best;
    }
    needs.grants.0.sort_unstable_keys();
    needs
}

/// Looks for the lightest grant; the first one found takes the lightest way each time.
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

fn with(granted: &Grants, way: &[Permission]) -> Grants {
    let mut granted = granted.clone();
    way.iter().for_each(|need| granted.add(need));
    granted
}

fn rank(level: &str) -> Option<usize> {
    LEVELS.iter().position(|known| *known == level)
}

fn reaches(granted: &str, level: &str) -> bool {
    match (rank(granted), rank(level)) {
        (Some(granted), Some(level)) => granted >= level,
        _ => granted == level,
    }
}
