import { currentLanguage, t } from "../words";

type Data = Readonly<Record<string, unknown>>;

/**
 * What the server refuses, in the page's language. The server itself speaks English, and often says more: its own
 * sentence is shown in English, and for codes that are not listed here.
 */
export function refusalInWords(code: string, message: string, data: Data): string {
  if (currentLanguage() === "en") return message;
  return REFUSALS[code]?.(data) ?? message;
}

/** Why a job has failed: the same codes. */
export function jobErrorInWords({ code, message }: { readonly code: string; readonly message: string }): string {
  return refusalInWords(code, message, {});
}

/** A refusal that has another one inside. */
function because(sentence: string, { reason }: Data): string {
  const why = REFUSALS[String(reason)];
  return why ? `${sentence} ${why({})}` : sentence;
}

/** By code: see the `errors.py` of each app. */
const REFUSALS: Readonly<Record<string, (data: Data) => string>> = {
  sign_in_failed: () => t("No account has this name and password. Check both, or ask for a sign-in link."),
  not_authenticated: () => t("You are signed out. Sign in again."),
  throttled: () => t("Too many attempts. Wait a moment, then try again."),
  not_found: () => t("There is nothing here, or you may not see it."),
  forbidden: () => t("Your role does not allow this."),
  role_too_low: () => t("Your role does not allow this. Ask the owner of the project."),
  conflict: () => t("What is stored has changed in the meantime. Load it again."),
  category_name_taken: () => t("This project already has a category of this name. Choose another name."),
  category_in_use: ({ annotation_count }) =>
    t("Annotations that have this category: {count}. Give them another category first.", {
      count: Number(annotation_count),
    }),
  category_not_in_project: () => t("The image's project has no such category. Choose one of its categories."),
  place_vanished: () => t("The image or the category was deleted in the meantime. Load the project again."),
  invalid: () => t("The input is not valid."),
  invalid_mask: () => t("The mask is damaged. Undo the last step, and draw it again."),
  invalid_attributes: ({ names }) =>
    t("The category does not take these attributes: {names}.", {
      names: Array.isArray(names) ? names.join(", ") : "?",
    }),
  outside_image: () => t("This place is not on the image."),
  comment_key_taken: () => t("Another comment has this key. Write it once more."),
  on_other_image: () => t("This annotation is on another image of the project."),
  stale_version: () => t("Somebody else changed this annotation in the meantime. Look at it again, then decide."),
  not_your_comment: () => t("Somebody else wrote this comment. Its author or a manager can delete it."),
  upload_too_large: ({ limit_bytes }) =>
    t("The file is larger than {size} MB, which is the most this server takes.", {
      size: Math.round(Number(limit_bytes) / 1e6),
    }),
  body_too_large: () => t("This is more than the server takes at once. Split the mask, or smooth it."),
  upload_missing: () => t("No file has arrived. Choose it once more."),
  image_unreadable: (data) =>
    because(t("This file cannot be read as an image. Save it as JPEG or PNG, then try again."), data),
  image_file_empty: () => t("The file is empty."),
  not_an_image: () => t("It is no image."),
  image_format_unsupported: () => t("Images of this format are not supported."),
  image_variant_unsupported: () => t("This variant of the format is not supported."),
  image_truncated: () => t("The end of the file is missing. Copy it once more."),
  image_too_large: () => t("The image has more pixels than this server takes."),
  image_without_pixels: () => t("The image has no pixels."),
  image_file_missing: () => t("The file of this image is gone from the server. Upload it again."),
  embedding_failed: (data) => because(t("The embedding of this image could not be computed. Try again."), data),
  region_outside: () => t("This part is not on the image."),
  tile_not_found: () => t("The image has no such tile. Load it again."),
  no_value_window: () => t("This image has no window of values: it has 8 bits."),
  embedding_key_unknown: () => t("The segmenter has changed in the meantime. Load the image again."),
  segmenter_not_found: () => t("This segmenter is not installed here. Choose another one."),
  segmenter_unknown: () => t("This segmenter is not installed here. Choose another one."),
  segmenter_unavailable: () =>
    t("This segmenter cannot be used on this server. Ask its operator, or choose another one."),
  graph_not_found: () => t("The segmenter has changed in the meantime. Load the image again."),
  segmenter_not_exported: () => t("This segmenter is not exported yet. Choose another one."),
  job_not_retryable: () => t("Only what failed or was cancelled can be tried again."),
  job_failed: () => t("Something went wrong that is not your fault. Try again; if it fails again, tell the operator."),
  job_crashed: () => t("The worker died several times while it did this. Tell the operator, who finds why in its log."),
  image_gone: () => t("An image was deleted during the export, or its file is gone. Export again."),
  export_not_written: () => t("The export could not be written: the server's disk may be full. Tell the operator."),
  export_not_found: () => t("There is no such export, or its file was cleaned up. Export again."),
};
