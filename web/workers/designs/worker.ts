import { expose } from "comlink";
import { designService } from "./service.ts";

expose(designService);
