"""The customer's screen: seen through the observer, drawn so that nothing of a machine's runs."""
