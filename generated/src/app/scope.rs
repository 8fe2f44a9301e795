//! The restrictions of a token.

use super::AppError;
use crate::apps::models::InstallationTokenRequest;
use crate::runtime::Grants;

/// The scope of an installation token: the installation, and the restrictions to repositories and permissions. Lists
/// are sorted, so that scopes with the same meaning are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Scope {
    pub(super) installation: i64,
    repositories: Option<Vec<String>>,
    repository_ids: Option<Vec<i64>>,
    permissions: Option<Vec<(String, String)>>,
}

impl Scope {
    pub(super) fn of(installation: i64) -> Self {
        Self { installation, ..Self::default() }
    }

    pub(super) fn repositories(self, names: impl Iterator<Item = String>) -> Self {
        Self { repositories: Some(sorted(names)), ..self }
    }

    pub(super) fn repository_ids(self, ids: impl Iterator<Item = i64>) -> Self {
        Self { repository_ids: Some(sorted(ids)), ..self }
    }

    pub(super) fn permissions(self, granted: &Grants) -> Self {
        let all = granted.iter().map(|(name, level)| (name.to_owned(), level.to_owned()));
        Self { permissions: Some(sorted(all)), ..self }
    }

    /// Returns the request body for an installation token of this scope. `None` if the token is not restricted.
    pub(super) fn request(&self) -> Result<Option<InstallationTokenRequest>, AppError> {
        let mut request = InstallationTokenRequest::new();
        if let Some(names) = non_empty(&self.repositories, "repositories")? {
            request = request.repositories(names);
        }
        if let Some(ids) = non_empty(&self.repository_ids, "repositories")? {
            request = request.repository_ids(ids);
        }
        if let Some(permissions) = non_empty(&self.permissions, "permissions")? {
            let granted: Grants = permissions.into_iter().collect();
            request = request.permissions(granted.to_model().map_err(|_| AppError::empty_list("permissions"))?);
        }
        let is_restricted = self.repositories.is_some() || self.repository_ids.is_some() || self.permissions.is_some();
        Ok(is_restricted.then_some(request))
    }

    /// Returns a text that identifies this scope among all apps and servers, as a key of the store of tokens. `app` is
    /// the server and the issuer.
    pub(super) fn key(&self, app: &str) -> String {
        let Self { installation, repositories, repository_ids, permissions } = self;
        format!("{app} {installation} {repositories:?} {repository_ids:?} {permissions:?}")
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items.dedup();
    items
}

/// Returns the list, or an error if it is empty: GitHub reads an empty list as no restriction.
fn non_empty<T: Clone>(list: &Option<Vec<T>>, name: &'static str) -> Result<Option<Vec<T>>, AppError> {
    match list {
        Some(list) if list.is_empty() => Err(AppError::empty_list(name)),
        list => Ok(list.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::encode;

    #[test]
    fn scopes_with_the_same_meaning_are_equal() {
        let names = |names: &[&str]| Scope::of(1).repositories(names.iter().map(|name| (*name).to_owned()));
        assert_eq!(names(&["b", "a", "b"]), names(&["a", "b"]));
        assert_eq!(names(&["b", "a"]).key("x"), names(&["a", "b"]).key("x"));
        assert_ne!(names(&["a"]), names(&["a", "b"]));
        assert_eq!(Scope::of(1).repository_ids([2, 1, 2].into_iter()), Scope::of(1).repository_ids([1, 2].into_iter()));
        let granted = |all: [(&str, &str); 2]| Scope::of(1).permissions(&Grants::from(all));
        let [one, other] = [("issues", "read"), ("checks", "write")];
        assert_eq!(granted([one, other]), granted([other, one]));
    }

    #[test]
    fn a_request_has_what_the_scope_restricts() {
        assert!(Scope::of(1).request().unwrap().is_none());
        let scope = Scope::of(1).repository_ids([3].into_iter()).permissions(&Grants::from([("issues", "read")]));
        let request = scope.request().unwrap().unwrap();
        assert_eq!(encode(&request), r#"{"repository_ids":[3],"permissions":{"issues":"read"}}"#);
    }

    #[test]
    fn an_empty_list_is_an_error() {
        for scope in [
            Scope::of(1).repositories(std::iter::empty()),
            Scope::of(1).repository_ids(std::iter::empty()),
            Scope::of(1).permissions(&Grants::default()),
        ] {
            assert!(scope.request().unwrap_err().to_string().contains("is empty"));
        }
    }
}
