/** What an export came to, and where it goes: the clipboard or a file. */

export interface Ready {
  /** A text, or a picture in pixels. */
  readonly content: string | Blob;
  /** The end of the file's name, without the dot. */
  readonly extension: string;
  readonly mediaType: string;
}

/** A design's name as a file's. */
export const fileNameOf = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^-+|-+$/g, "") || "design";

/** Puts it on the clipboard. */
export const copy = ({ content, mediaType }: Ready): Promise<void> =>
  typeof content === "string"
    ? navigator.clipboard.writeText(content)
    : navigator.clipboard.write([new ClipboardItem({ [mediaType]: content })]);

/** Hands it to the browser as a download. */
export function save({ content, extension, mediaType }: Ready, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileNameOf(name)}.${extension}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
