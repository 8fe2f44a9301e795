//! The sign-in of users, and their tokens, against a server on loopback that acts as GitHub.

mod answers;
mod devices;
mod handles;
mod hub;
mod owners;
mod pairs;
mod web;
mod world;
