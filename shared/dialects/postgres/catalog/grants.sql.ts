/** Rights: those given on objects, and those that objects to come will have. */
import { NOT_EXTENSION, USER_SPACE } from "./parts.sql.ts";

/** Privileges that differ from the defaults: object kind, its printed name, catalogue, oid, acl, default acl, column. */
export const GRANTS = `
  with held as (
    select case c.relkind when 'S' then 'SEQUENCE' else 'TABLE' end as kind, format('%I.%I', n.nspname, c.relname) as name,
           'pg_class' as catalogue, c.oid, c.relacl as acl, c.relowner as owner, case c.relkind when 'S' then 's' else 'r' end as defaults, null::name as part
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relacl is not null and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_class", "c.oid")}
    union all
    select 'TABLE', format('%I.%I', n.nspname, c.relname), 'pg_class', c.oid, a.attacl, c.relowner, 'c', a.attname
      from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where a.attacl is not null and not a.attisdropped and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_class", "c.oid")}
    union all
    select 'SCHEMA', format('%I', n.nspname), 'pg_namespace', n.oid, n.nspacl, n.nspowner, 'n', null
      from pg_catalog.pg_namespace n where n.nspacl is not null and ${USER_SPACE("n")}
    union all
    select case p.prokind when 'p' then 'PROCEDURE' else 'FUNCTION' end,
           format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)), 'pg_proc', p.oid, p.proacl, p.proowner, 'f', null
      from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
     where p.proacl is not null and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_proc", "p.oid")}
    union all
    select 'TYPE', format('%I.%I', n.nspname, t.typname), 'pg_type', t.oid, t.typacl, t.typowner, 'T', null
      from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
     where t.typacl is not null and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_type", "t.oid")}
    union all
    select 'FOREIGN DATA WRAPPER', format('%I', w.fdwname), 'pg_foreign_data_wrapper', w.oid, w.fdwacl, w.fdwowner, 'F', null
      from pg_catalog.pg_foreign_data_wrapper w where w.fdwacl is not null and ${NOT_EXTENSION("pg_foreign_data_wrapper", "w.oid")}
    union all
    select 'FOREIGN SERVER', format('%I', s.srvname), 'pg_foreign_server', s.oid, s.srvacl, s.srvowner, 'S', null
      from pg_catalog.pg_foreign_server s where s.srvacl is not null and ${NOT_EXTENSION("pg_foreign_server", "s.oid")}
  ), explained as (
    select h.kind, h.name, h.catalogue, h.oid, h.part, h.owner, 'now' as which, x.grantee, x.privilege_type, x.is_grantable
      from held h, lateral pg_catalog.aclexplode(h.acl) x
    union all
    select h.kind, h.name, h.catalogue, h.oid, h.part, h.owner, 'default', x.grantee, x.privilege_type, x.is_grantable
      from held h, lateral pg_catalog.aclexplode(pg_catalog.acldefault(case h.defaults when 'c' then 'c' else h.defaults end::"char", h.owner)) x
     where not (h.kind = 'SCHEMA' and h.name = 'public')
    union all
    select h.kind, h.name, h.catalogue, h.oid, h.part, h.owner, 'default', 0, 'USAGE', false
      from held h where h.kind = 'SCHEMA' and h.name = 'public'
  )
  select e.kind, e.name, e.catalogue, e.oid::int8, e.part, e.which,
         coalesce((select pg_catalog.quote_ident(r.rolname) from pg_catalog.pg_roles r where r.oid = e.grantee), 'PUBLIC'),
         e.privilege_type, e.is_grantable
    from explained e where e.grantee <> e.owner or not (e.kind = 'SCHEMA' and e.name = 'public')
   order by e.kind, e.name, e.part nulls first, 7, e.privilege_type`;

export const DEFAULT_GRANTS = `
  select d.oid::int8, pg_catalog.quote_ident(o.rolname), n.nspname, d.defaclobjtype,
         coalesce((select pg_catalog.quote_ident(r.rolname) from pg_catalog.pg_roles r where r.oid = x.grantee), 'PUBLIC'),
         x.privilege_type, x.is_grantable, x.given
    from pg_catalog.pg_default_acl d
    join pg_catalog.pg_roles o on o.oid = d.defaclrole
    left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace,
         lateral (
           select y.grantee, y.privilege_type, y.is_grantable, true as given from pg_catalog.aclexplode(d.defaclacl) y
           union all
           select u.grantee, u.privilege_type, false, false
             from pg_catalog.aclexplode(pg_catalog.acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole)) u
            where d.defaclnamespace = 0 and not exists (select 1 from pg_catalog.aclexplode(d.defaclacl) y
              where y.grantee = u.grantee and y.privilege_type = u.privilege_type)
         ) x
   where x.grantee <> d.defaclrole or d.defaclnamespace <> 0
   order by 2, 3 nulls first, 4, 5, 8, 6`;
