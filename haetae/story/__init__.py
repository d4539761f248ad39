"""The main job, played for real against the sandbox platform: found, asked, deleted, proven gone."""
