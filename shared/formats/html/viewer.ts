/** The viewer, as the build makes it of `web/viewer`: see `tools/viewer.mjs`, which puts it here. */
export interface Viewer {
  readonly script: string;
  readonly style: string;
  /** As a content security policy names them: `sha256-...`. */
  readonly scriptHash: string;
  readonly styleHash: string;
}

declare const __VIEWER__: Viewer;

export const viewer = (): Viewer => __VIEWER__;
