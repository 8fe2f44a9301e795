//! Users who sign in, and their tokens, against a server on loopback that plays GitHub.

mod answers;
mod devices;
mod handles;
mod hub;
mod owners;
mod pairs;
mod web;
mod world;
