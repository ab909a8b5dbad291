"""Provinces and industries, as the kernel has them."""

from yinxian.kernel.regions import INDUSTRIES, PROVINCES, REGION_CHOICES, REGIONS, industry_name, region_name

__all__ = ["INDUSTRIES", "PROVINCES", "REGIONS", "REGION_CHOICES", "industry_name", "region_name"]
