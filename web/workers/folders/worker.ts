import { expose } from "comlink";
import { folderService } from "./service.ts";

expose(folderService);
