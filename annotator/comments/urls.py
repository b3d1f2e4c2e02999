from django.urls import path

from annotator.comments.api import CommentView, ImageThreadsView, ThreadCommentsView, ThreadView

urlpatterns = [
    path("images/<int:image_id>/threads/", ImageThreadsView.as_view(), name="image-threads"),
    path("threads/<int:thread_id>/", ThreadView.as_view(), name="thread"),
    path("threads/<int:thread_id>/comments/", ThreadCommentsView.as_view(), name="thread-comments"),
    path("comments/<int:comment_id>/", CommentView.as_view(), name="comment"),
]
