import { createContext } from "svelte";
import type { App } from "./app.svelte.ts";

/** The application, for the parts of `web/app` alone; features below get `stores/context.ts`. */
export const [getApp, setApp] = createContext<App>();
