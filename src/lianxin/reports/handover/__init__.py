"""The pack for a successor."""
