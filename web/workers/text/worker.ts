import { expose } from "comlink";
import { TextService } from "./service.ts";

expose(new TextService());
