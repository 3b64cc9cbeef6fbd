"""What of the library people can hear of by e-mail: all of it, or one type of resource."""

from documents.models.resources import ResourceType
from gathering.declared import AlertTopic

GROUP = "Documents and tools"
EVERYTHING = AlertTopic("library", GROUP, "Everything in the library", "Get an e-mail when something is new or changes")
# The types as people call several of them.
SEVERAL = {
    ResourceType.TOOL: "Tools",
    ResourceType.GUIDANCE: "Guidance",
    ResourceType.FORM: "Forms",
    ResourceType.TEMPLATE: "Templates",
    ResourceType.POLICY: "Policies",
    ResourceType.STRATEGY: "Strategies",
    ResourceType.LEAFLET: "Leaflets",
    ResourceType.REPORT: "Reports",
}


def topics_of_library() -> list[AlertTopic]:
    """Return the library, then each type in the order of the list."""
    return [EVERYTHING, *(AlertTopic(f"library:{kind.value}", GROUP, SEVERAL[kind]) for kind in ResourceType)]
