PAGES={"parts":"parts"}
def context(request): return {}
