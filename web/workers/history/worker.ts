import { expose } from "comlink";
import { HistoryService } from "./service.ts";

expose(new HistoryService());
