from django.urls import path

from annotator.projects.api import CategoriesView, CategoryView, ProjectsView, ProjectView

urlpatterns = [
    path("projects/", ProjectsView.as_view(), name="projects"),
    path("projects/<int:project_id>/", ProjectView.as_view(), name="project"),
    path("projects/<int:project_id>/categories/", CategoriesView.as_view(), name="categories"),
    path("categories/<int:category_id>/", CategoryView.as_view(), name="category"),
]
