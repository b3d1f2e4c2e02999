export { type Upload, UploadQueue, type UploadState } from "./uploadQueue";
