//! What a token is for.

use super::AppError;
use crate::apps::models::InstallationTokenRequest;
use crate::runtime::Grants;

/// An installation, and what a token of it is narrowed down to. Lists are sorted: two scopes that mean the same are equal.
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

    /// What a token of this scope is asked for with; `None` where it is as wide as the installation.
    pub(super) fn request(&self) -> Result<Option<InstallationTokenRequest>, AppError> {
        let mut request = InstallationTokenRequest::new();
        if let Some(names) = filled(&self.repositories, "repositories")? {
            request = request.repositories(names);
        }
        if let Some(ids) = filled(&self.repository_ids, "repositories")? {
            request = request.repository_ids(ids);
        }
        if let Some(permissions) = filled(&self.permissions, "permissions")? {
            let granted: Grants = permissions.into_iter().collect();
            request = request.permissions(granted.to_model().map_err(|_| AppError::nothing_of("permissions"))?);
        }
        let is_narrow = self.repositories.is_some() || self.repository_ids.is_some() || self.permissions.is_some();
        Ok(is_narrow.then_some(request))
    }

    /// The name of this scope among those of all apps and servers.
    pub(super) fn name(&self, owner: &str) -> String {
        let Self { installation, repositories, repository_ids, permissions } = self;
        format!("{owner} {installation} {repositories:?} {repository_ids:?} {permissions:?}")
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items.dedup();
    items
}

fn filled<T: Clone>(list: &Option<Vec<T>>, what: &'static str) -> Result<Option<Vec<T>>, AppError> {
    match list {
        Some(list) if list.is_empty() => Err(AppError::nothing_of(what)),
        list => Ok(list.clone()),
    }
}
