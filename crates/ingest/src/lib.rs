//! Tables as maintainers have them, turned into records with readings.
