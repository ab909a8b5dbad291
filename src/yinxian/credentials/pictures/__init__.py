"""A certificate as people see it: PDF for the wall, a badge as PNG and SVG, each with the credential inside."""

from .draw import badge_png, badge_svg, certificate_pdf

__all__ = ["badge_png", "badge_svg", "certificate_pdf"]
