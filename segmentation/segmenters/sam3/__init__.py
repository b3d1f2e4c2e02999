"""The tracker of SAM 3 (Carion et al. 2025), which answers points and boxes as SAM 2 does."""
