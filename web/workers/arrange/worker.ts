import { expose } from "comlink";
import { arrange, arrangeNew } from "#shared/arrange/index.ts";

expose({ arrange, arrangeNew });
