/** Everything that collided. */
import { bothChanged, circles, orders } from "./both.ts";
import type { Collision, Sides } from "./collision.ts";
import { losses } from "./lost.ts";
import { kept, twins, twoKeys } from "./twins.ts";

/** What a person should know of, the gravest first: what is gone, what is there twice, whose value it is. */
export function collide(sides: Sides): readonly Collision[] {
  return [
    ...losses(sides),
    ...kept(sides),
    ...circles(sides),
    ...twins(sides),
    ...twoKeys(sides),
    ...bothChanged(sides),
    ...orders(sides),
  ];
}
