import { expose } from "comlink";
import { formatService } from "./service.ts";

expose(formatService);
