"""The ceiling of the framework: a Django project that is nothing but one view with the floor's three writes."""
