def organisation(request):
    return {}
