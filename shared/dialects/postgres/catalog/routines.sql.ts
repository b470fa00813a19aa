/** Routines, and what makes tables act: triggers, rules, policies. */
import { NOT_EXTENSION, USER_SPACE } from "./parts.sql.ts";

export const ROUTINES = `
  select p.oid::int8, p.pronamespace::int8, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid), p.prokind,
         case when p.prokind <> 'a' then pg_catalog.pg_get_functiondef(p.oid) end,
         pg_catalog.obj_description(p.oid, 'pg_proc'),
         case when p.prokind = 'a' then (select json_build_array(
           a.aggtransfn::regproc::text, pg_catalog.format_type(a.aggtranstype, null), nullif(a.aggtransspace, 0),
           nullif(a.aggfinalfn::oid, 0)::regproc::text, a.aggfinalextra, a.agginitval, nullif(a.aggcombinefn::oid, 0)::regproc::text,
           nullif(a.aggserialfn::oid, 0)::regproc::text, nullif(a.aggdeserialfn::oid, 0)::regproc::text,
           nullif(a.aggmtransfn::oid, 0)::regproc::text, nullif(a.aggminvtransfn::oid, 0)::regproc::text,
           case when a.aggmtranstype <> 0 then pg_catalog.format_type(a.aggmtranstype, null) end,
           nullif(a.aggmfinalfn::oid, 0)::regproc::text, a.aggminitval, a.aggkind, p.proparallel,
           (select format('operator(%I.%s)', sn.nspname, s.oprname) from pg_catalog.pg_operator s
              join pg_catalog.pg_namespace sn on sn.oid = s.oprnamespace where s.oid = a.aggsortop),
           case when a.aggfinalmodify <> case a.aggkind when 'n' then 'r' else 'w' end then a.aggfinalmodify end,
           case when a.aggmfinalmodify <> case a.aggkind when 'n' then 'r' else 'w' end then a.aggmfinalmodify end,
           a.aggmfinalextra, nullif(a.aggmtransspace, 0))::text
           from pg_catalog.pg_aggregate a where a.aggfnoid = p.oid) end
    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_proc", "p.oid")}
     and not exists (select 1 from pg_catalog.pg_depend i where i.classid = 'pg_catalog.pg_proc'::regclass and i.objid = p.oid and i.deptype = 'i')
   order by n.nspname, p.proname, 4`;

export const TRIGGERS = `
  select t.oid::int8, t.tgrelid::int8, t.tgname, pg_catalog.pg_get_triggerdef(t.oid), t.tgenabled,
         pg_catalog.obj_description(t.oid, 'pg_trigger')
    from pg_catalog.pg_trigger t
    join pg_catalog.pg_class c on c.oid = t.tgrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where not t.tgisinternal and t.tgparentid = 0 and ${USER_SPACE("n")}
   order by n.nspname, c.relname, t.tgname`;

export const RULES = `
  select r.oid::int8, r.ev_class::int8, r.rulename, pg_catalog.pg_get_ruledef(r.oid), r.ev_enabled,
         pg_catalog.obj_description(r.oid, 'pg_rewrite')
    from pg_catalog.pg_rewrite r
    join pg_catalog.pg_class c on c.oid = r.ev_class join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where r.rulename <> '_RETURN' and ${USER_SPACE("n")}
   order by n.nspname, c.relname, r.rulename`;

export const POLICIES = `
  select p.oid::int8, p.polrelid::int8, p.polname, p.polcmd, p.polpermissive,
         (select json_agg(coalesce(pg_catalog.quote_ident(r.rolname), 'PUBLIC') order by r.rolname)::text
            from unnest(p.polroles) u(role) left join pg_catalog.pg_roles r on r.oid = u.role),
         pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid),
         pg_catalog.obj_description(p.oid, 'pg_policy')
    from pg_catalog.pg_policy p
    join pg_catalog.pg_class c on c.oid = p.polrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where ${USER_SPACE("n")}
   order by n.nspname, c.relname, p.polname`;
