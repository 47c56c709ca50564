//! Tables as maintainers have them, turned into records with readings.
pub mod columns; pub mod personal; pub mod problem; pub mod readings; pub mod table; pub mod text;
