"""The flow's own pages."""

from django.urls import path
from viewflow.contrib.auth import AuthViewset
from viewflow.urls import Site
from viewflow.workflow.flow import FlowAppViewset

from bench.peers.pharmacy.flows import PharmacyFlow

site = Site(title="bench", viewsets=[FlowAppViewset(PharmacyFlow, app_name="pharmacy", icon="assignment")])

urlpatterns = [path("accounts/", AuthViewset().urls), path("", site.urls)]
