from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotator.accounts.access import signed_in_user
from annotator.comments.access import access_comment_to_delete, access_thread
from annotator.comments.actions import delete_comment, reply, resolve, start_thread
from annotator.comments.selectors import get_thread, threads_of
from annotator.comments.serializers import (
    CommentInput,
    ThreadChangeInput,
    ThreadInput,
    ThreadListQuery,
    ThreadOutput,
)
from annotator.common.api import parse, parse_query
from annotator.common.pagination import MAX_PAGE_SIZE, paginate
from annotator.common.schema import PAGE_PARAMETERS, page_of
from annotator.images.access import access_image
from annotator.projects.roles import Role


class ImageThreadsView(APIView):
    @extend_schema(
        operation_id="threads_list",
        parameters=[ThreadListQuery, *PAGE_PARAMETERS],
        responses=page_of(ThreadOutput),
    )
    def get(self, request: Request, image_id: int) -> Response:
        """What people say about places on an image, in the order the threads were begun."""
        query = parse_query(ThreadListQuery, request)
        image = access_image(request.user, image_id)
        return paginate(
            threads_of(image, resolved=query["resolved"]),
            request,
            order_by=("created_at", "pk"),
            serialize=lambda rows: ThreadOutput(rows, many=True).data,
            page_size=MAX_PAGE_SIZE,
        )

    @extend_schema(
        operation_id="threads_start", request=ThreadInput, responses={200: ThreadOutput, 201: ThreadOutput}
    )
    def post(self, request: Request, image_id: int) -> Response:
        """Say something about a place (annotators). The same `key` again: 200, and nothing is said twice."""
        image = access_image(request.user, image_id, min_role=Role.ANNOTATOR)
        thread, is_new = start_thread(image, author=signed_in_user(request), **parse(ThreadInput, request))
        return _thread_response(thread.pk, status=201 if is_new else 200)


class ThreadView(APIView):
    @extend_schema(operation_id="threads_resolve", request=ThreadChangeInput, responses=ThreadOutput)
    def patch(self, request: Request, thread_id: int) -> Response:
        """Resolve the thread, or open it again (annotators)."""
        thread = access_thread(request.user, thread_id, min_role=Role.ANNOTATOR)
        data = parse(ThreadChangeInput, request)
        resolve(thread, resolved=data["resolved"], user=signed_in_user(request))
        return _thread_response(thread_id)


class ThreadCommentsView(APIView):
    @extend_schema(
        operation_id="threads_reply", request=CommentInput, responses={200: ThreadOutput, 201: ThreadOutput}
    )
    def post(self, request: Request, thread_id: int) -> Response:
        """Reply (annotators); this opens a resolved thread again. The same `key` again: 200."""
        thread = access_thread(request.user, thread_id, min_role=Role.ANNOTATOR)
        is_new = reply(thread, author=signed_in_user(request), **parse(CommentInput, request))
        return _thread_response(thread_id, status=201 if is_new else 200)


class CommentView(APIView):
    @extend_schema(operation_id="comments_delete", responses={204: None})
    def delete(self, request: Request, comment_id: int) -> Response:
        """Delete your comment (managers: any). The thread goes with its last comment."""
        delete_comment(access_comment_to_delete(request.user, comment_id))
        return Response(status=204)


def _thread_response(thread_id: int, *, status: int = 200) -> Response:
    return Response(ThreadOutput(get_thread(thread_id)).data, status=status)
