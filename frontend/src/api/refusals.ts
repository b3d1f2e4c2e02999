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
  on_other_image: () => t("This annotation is on another image of the project."),
  stale_version: () => t("Somebody else changed this annotation in the meantime. Look at it again, then decide."),
  not_your_comment: () => t("Somebody else wrote this comment. Its author or a manager can delete it."),
  upload_too_large: ({ limit_bytes }) =>
    t("The file is larger than {size} MB, which is the most this server takes.", {
      size: Math.round(Number(limit_bytes) / 1e6),
    }),
  image_unreadable: () => t("This file cannot be read as an image. Save it as JPEG or PNG, then try again."),
  image_file_missing: () => t("The file of this image is gone from the server. Upload it again."),
  embedding_failed: () => t("The embedding of this image could not be computed. Try again."),
  embedding_key_unknown: () => t("The segmenter has changed in the meantime. Load the image again."),
  segmenter_not_exported: () => t("This segmenter is not exported yet. Choose another one."),
  job_not_retryable: () => t("Only what failed or was cancelled can be tried again."),
  export_not_found: () => t("There is no such export, or its file was cleaned up. Export again."),
};
