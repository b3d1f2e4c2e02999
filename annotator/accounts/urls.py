from django.urls import path

from annotator.accounts.api import SessionView

urlpatterns = [path("session/", SessionView.as_view(), name="session")]
