import { type Role, ROLES } from "#shared/api/rooms.ts";

/** Whether a role may change the design. */
export const mayEdit = (role: Role): boolean => ROLES.indexOf(role) <= ROLES.indexOf("edit");
