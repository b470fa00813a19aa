/**
 * The statements that read a PostgreSQL catalogue, 14 to 18. They are independent of each other, so a live server may be sent all
 * of them at once. Lists come as JSON text, so that every driver hands over the same thing.
 *
 * See the manual, "System Catalogs". Objects of extensions are left out: their extension stands for them.
 */

/** What differs between server versions, by `server_version_num`. */
export interface ServerVersion {
  readonly number: number;
}

export const USER_SPACE = (alias: string): string => `${alias}.nspname !~ '^pg_' and ${alias}.nspname <> 'information_schema'`;

export const NOT_EXTENSION = (catalogue: string, oid: string): string =>
  `not exists (select 1 from pg_catalog.pg_depend x where x.classid = 'pg_catalog.${catalogue}'::regclass and x.objid = ${oid} and x.deptype = 'e')`;

const COLLATION_NAME = (oid: string): string =>
  `(select pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(cl.collname)
      from pg_catalog.pg_collation cl join pg_catalog.pg_namespace cn on cn.oid = cl.collnamespace where cl.oid = ${oid})`;

export const NAMESPACES = `
  select n.oid::int8, n.nspname, pg_catalog.obj_description(n.oid, 'pg_namespace')
    from pg_catalog.pg_namespace n
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_namespace", "n.oid")}
   order by n.nspname`;

export const RELATIONS = `
  select c.oid::int8, c.relnamespace::int8, c.relname, c.relkind, c.relpersistence, to_json(c.reloptions)::text,
         c.relrowsecurity, c.relforcerowsecurity,
         case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) end,
         case when c.relispartition then pg_catalog.pg_get_expr(c.relpartbound, c.oid) end,
         pg_catalog.obj_description(c.oid, 'pg_class'), c.relreplident,
         case when c.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(c.oid) end,
         c.relispopulated,
         (select a.amname from pg_catalog.pg_am a where a.oid = c.relam and a.amname <> 'heap'),
         (select to_json(t.reloptions)::text from pg_catalog.pg_class t where t.oid = c.reltoastrelid),
         (select to_json(array_agg(i.inhparent::int8 order by i.inhseqno))::text from pg_catalog.pg_inherits i where i.inhrelid = c.oid),
         (select pg_catalog.quote_ident(s.srvname) from pg_catalog.pg_foreign_table f join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
           where f.ftrelid = c.oid),
         (select to_json(f.ftoptions)::text from pg_catalog.pg_foreign_table f where f.ftrelid = c.oid),
         c.reltype::int8, (select t.typarray::int8 from pg_catalog.pg_type t where t.oid = c.reltype)
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't'
     and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_class", "c.oid")}
   order by n.nspname, c.relname`;

export const columns = ({ number }: ServerVersion): string => `
  select a.attrelid::int8, a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
         pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
         case when a.attcollation <> t.typcollation then ${COLLATION_NAME("a.attcollation")} end,
         pg_catalog.col_description(a.attrelid, a.attnum), a.attislocal,
         case when a.attstorage <> t.typstorage then a.attstorage end,
         nullif(a.attcompression, ''), ${number >= 170000 ? "a.attstattarget" : "nullif(a.attstattarget, -1)"},
         to_json(a.attoptions)::text, to_json(a.attfdwoptions)::text,
         ${
           number >= 180000
             ? `(select to_json(array[k.conname::text, k.connoinherit::text, k.conislocal::text, k.convalidated::text,
                  pg_catalog.obj_description(k.oid, 'pg_constraint')])::text from pg_catalog.pg_constraint k
                 where k.conrelid = a.attrelid and k.contype = 'n' and k.conkey = array[a.attnum])`
             : "null"
         }
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_type t on t.oid = a.atttypid
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and c.relpersistence <> 't' and ${USER_SPACE("n")}
   order by a.attrelid, a.attnum`;

export const constraints = ({ number }: ServerVersion): string => `
  select k.oid::int8, k.conrelid::int8, k.contypid::int8, k.conname, k.contype, to_json(k.conkey)::text, k.confrelid::int8,
         to_json(k.confkey)::text, k.confupdtype, k.confdeltype, k.confmatchtype,
         ${number >= 150000 ? "to_json(k.confdelsetcols)::text" : "null"},
         k.condeferrable, k.condeferred, k.convalidated, k.connoinherit, k.conislocal, k.conparentid::int8, k.conindid::int8,
         case when k.contype = 'x' then pg_catalog.pg_get_constraintdef(k.oid) end,
         pg_catalog.pg_get_expr(k.conbin, k.conrelid), pg_catalog.obj_description(k.oid, 'pg_constraint'),
         ${number >= 180000 ? "k.conenforced, k.conperiod" : "true, false"}
    from pg_catalog.pg_constraint k join pg_catalog.pg_namespace n on n.oid = k.connamespace
   where k.contype in ('p', 'u', 'c', 'x', 'f') and ${USER_SPACE("n")}
   order by k.conrelid, k.contype, k.conname`;

export const indexes = ({ number }: ServerVersion): string => `
  select i.indexrelid::int8, i.indrelid::int8, c.relname, am.amname, i.indisunique,
         ${number >= 150000 ? "i.indnullsnotdistinct" : "false"}, i.indnkeyatts,
         pg_catalog.pg_get_expr(i.indpred, i.indrelid), to_json(c.reloptions)::text, pg_catalog.obj_description(c.oid, 'pg_class'),
         (select k.oid::int8 from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')),
         (select h.inhparent::int8 from pg_catalog.pg_inherits h where h.inhrelid = i.indexrelid),
         i.indisclustered, i.indisreplident,
         (select json_agg(json_build_array(
                   (i.indkey::int2[])[p.k - 1], pg_catalog.pg_get_indexdef(i.indexrelid, p.k, false),
                   (i.indoption::int2[])[p.k - 1],
                   case when not oc.opcdefault or a.attoptions is not null then
                     pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname) end,
                   case when (i.indcollation::oid[])[p.k - 1] <> 0
                         and (i.indcollation::oid[])[p.k - 1] is distinct from coalesce(ta.attcollation, a.attcollation)
                        then ${COLLATION_NAME("(i.indcollation::oid[])[p.k - 1]")} end,
                   array_to_string(a.attoptions, ', '), nullif(a.attstattarget, -1)) order by p.k)::text
            from generate_series(1, i.indnatts) p(k)
            join pg_catalog.pg_attribute a on a.attrelid = i.indexrelid and a.attnum = p.k
            left join pg_catalog.pg_opclass oc on oc.oid = (i.indclass::oid[])[p.k - 1]
            left join pg_catalog.pg_namespace ocn on ocn.oid = oc.opcnamespace
            left join pg_catalog.pg_attribute ta on ta.attrelid = i.indrelid and ta.attnum = (i.indkey::int2[])[p.k - 1]
                  and (i.indkey::int2[])[p.k - 1] > 0)
    from pg_catalog.pg_index i
    join pg_catalog.pg_class c on c.oid = i.indexrelid
    join pg_catalog.pg_am am on am.oid = c.relam
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where ${USER_SPACE("n")} and c.relpersistence <> 't'
   order by i.indrelid, c.relname`;

export const TYPES = `
  select t.oid::int8, t.typnamespace::int8, t.typname, t.typtype, pg_catalog.obj_description(t.oid, 'pg_type'),
         case t.typtype
           when 'e' then (select json_agg(e.enumlabel order by e.enumsortorder)::text from pg_catalog.pg_enum e where e.enumtypid = t.oid)
           when 'd' then json_build_array(pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault,
                  case when t.typcollation <> b.typcollation then ${COLLATION_NAME("t.typcollation")} end)::text
           when 'c' then t.typrelid::text
           when 'r' then (select json_build_array(pg_catalog.format_type(r.rngsubtype, null),
                    case when not oc.opcdefault then pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname) end,
                    case when r.rngcollation <> st.typcollation then ${COLLATION_NAME("r.rngcollation")} end,
                    nullif(r.rngcanonical::oid, 0)::regproc::text, nullif(r.rngsubdiff::oid, 0)::regproc::text,
                    pg_catalog.format_type(r.rngmultitypid, null))::text
                    from pg_catalog.pg_range r join pg_catalog.pg_opclass oc on oc.oid = r.rngsubopc
                    join pg_catalog.pg_namespace ocn on ocn.oid = oc.opcnamespace join pg_catalog.pg_type st on st.oid = r.rngsubtype
                   where r.rngtypid = t.oid)
         end,
         t.typarray::int8
    from pg_catalog.pg_type t
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    left join pg_catalog.pg_type b on b.oid = t.typbasetype
    left join pg_catalog.pg_class c on c.oid = t.typrelid
   where (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
     and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_type", "t.oid")}
   order by n.nspname, t.typname`;

export const SEQUENCES = `
  select c.oid::int8, c.relnamespace::int8, c.relname, pg_catalog.obj_description(c.oid, 'pg_class'),
         pg_catalog.format_type(s.seqtypid, null), s.seqstart::text, s.seqincrement::text, s.seqmax::text, s.seqmin::text,
         s.seqcache::text, s.seqcycle, c.relpersistence, d.refobjid::int8, d.refobjsubid, d.deptype
    from pg_catalog.pg_sequence s
    join pg_catalog.pg_class c on c.oid = s.seqrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
          and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i') and d.refobjsubid > 0
   where c.relpersistence <> 't' and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_class", "c.oid")}
   order by n.nspname, c.relname`;

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

export const EXTENSIONS = `
  select e.oid::int8, e.extname, n.nspname,
         nullif(pg_catalog.obj_description(e.oid, 'pg_extension'),
           (select a.comment from pg_catalog.pg_available_extensions a where a.name = e.extname))
    from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
   where e.extname <> 'plpgsql' order by e.extname`;

/** Objects that are one statement in the engine's own words: kind, oid, namespace, name, definition, comment. */
export const STATEMENTS = `
  select 'statistics', s.oid::int8, s.stxnamespace::int8, s.stxname, pg_catalog.pg_get_statisticsobjdef(s.oid) ||
           case when s.stxstattarget >= 0 then format(E';\\nALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, s.stxstattarget) else '' end,
         pg_catalog.obj_description(s.oid, 'pg_statistic_ext'), 'pg_statistic_ext'
    from pg_catalog.pg_statistic_ext s join pg_catalog.pg_namespace n on n.oid = s.stxnamespace where ${USER_SPACE("n")}
  union all
  select 'collation', c.oid::int8, c.collnamespace::int8, c.collname,
         format('CREATE COLLATION %I.%I (provider = %s, %s)', n.nspname, c.collname,
           case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end,
           concat_ws(', ', case when not c.collisdeterministic then 'deterministic = false' end,
             case when c.collprovider in ('i', 'b') then format('locale = %L', coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate))
                  else format('lc_collate = %L, lc_ctype = %L', c.collcollate, c.collctype) end)),
         pg_catalog.obj_description(c.oid, 'pg_collation'), 'pg_collation'
    from pg_catalog.pg_collation c join pg_catalog.pg_namespace n on n.oid = c.collnamespace
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_collation", "c.oid")}
  union all
  select 'event trigger', e.oid::int8, null, e.evtname,
         format('CREATE EVENT TRIGGER %I ON %s%s EXECUTE FUNCTION %s()', e.evtname, e.evtevent,
           case when e.evttags is null then '' else ' WHEN TAG IN (' || (select string_agg(quote_literal(t), ', ') from unnest(e.evttags) t) || ')' end,
           e.evtfoid::regproc::text) || case e.evtenabled when 'O' then '' else format(E';\\nALTER EVENT TRIGGER %I %s', e.evtname,
             case e.evtenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' else 'ENABLE ALWAYS' end) end,
         pg_catalog.obj_description(e.oid, 'pg_event_trigger'), 'pg_event_trigger'
    from pg_catalog.pg_event_trigger e where ${NOT_EXTENSION("pg_event_trigger", "e.oid")}
  union all
  select 'foreign-data wrapper', w.oid::int8, null, w.fdwname,
         format('CREATE FOREIGN DATA WRAPPER %I%s%s%s', w.fdwname,
           case when w.fdwhandler <> 0 then ' HANDLER ' || w.fdwhandler::regproc::text else '' end,
           case when w.fdwvalidator <> 0 then ' VALIDATOR ' || w.fdwvalidator::regproc::text else '' end,
           case when w.fdwoptions is null then '' else ' OPTIONS (' || (select string_agg(format('%I %L', option_name, option_value), ', ')
             from pg_catalog.pg_options_to_table(w.fdwoptions)) || ')' end),
         pg_catalog.obj_description(w.oid, 'pg_foreign_data_wrapper'), 'pg_foreign_data_wrapper'
    from pg_catalog.pg_foreign_data_wrapper w where ${NOT_EXTENSION("pg_foreign_data_wrapper", "w.oid")}
  union all
  select 'foreign server', s.oid::int8, null, s.srvname,
         format('CREATE SERVER %I%s%s FOREIGN DATA WRAPPER %I%s', s.srvname,
           case when s.srvtype is null then '' else format(' TYPE %L', s.srvtype) end,
           case when s.srvversion is null then '' else format(' VERSION %L', s.srvversion) end, w.fdwname,
           case when s.srvoptions is null then '' else ' OPTIONS (' || (select string_agg(format('%I %L', option_name, option_value), ', ')
             from pg_catalog.pg_options_to_table(s.srvoptions)) || ')' end),
         pg_catalog.obj_description(s.oid, 'pg_foreign_server'), 'pg_foreign_server'
    from pg_catalog.pg_foreign_server s join pg_catalog.pg_foreign_data_wrapper w on w.oid = s.srvfdw
   where ${NOT_EXTENSION("pg_foreign_server", "s.oid")}
  order by 1, 4`;

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

/** Who needs whom: catalogue and oid on both sides; what hangs on a table or domain is resolved to that. */
export const DEPENDENCIES = `
  select d.classid::regclass::text, d.objid::int8, d.refclassid::regclass::text, d.refobjid::int8,
         coalesce(w.ev_class, f.adrelid, nullif(k.conrelid, 0))::int8, k.contypid::int8
    from pg_catalog.pg_depend d
    left join pg_catalog.pg_rewrite w on d.classid = 'pg_catalog.pg_rewrite'::regclass and w.oid = d.objid and w.rulename = '_RETURN'
    left join pg_catalog.pg_attrdef f on d.classid = 'pg_catalog.pg_attrdef'::regclass and f.oid = d.objid
    left join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid and k.contype <> 'f'
   where d.deptype in ('n', 'a', 'x') and d.objid >= 16384 and d.refobjid >= 16384`;
