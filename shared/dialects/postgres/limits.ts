/** The least and the greatest number that a sequence of a type can give: the manual, "CREATE SEQUENCE". */
export const LIMITS: Readonly<Record<string, readonly [min: bigint, max: bigint]>> = {
  smallint: [-32768n, 32767n],
  integer: [-2147483648n, 2147483647n],
  bigint: [-9223372036854775808n, 9223372036854775807n],
};
