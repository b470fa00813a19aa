/** Extensions, and objects that are one statement in the engine's own words. */
import { NOT_EXTENSION, USER_SPACE } from "./parts.sql.ts";

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

/** A function that need not be there, as a parameter of CREATE. */
const PARAMETER = (name: string, column: string): string => `'${name} = ' || nullif(${column}::oid, 0)::regproc::text`;

/** Base types, and shell types that were never completed; a range's and a table's are made with them. */
const BASE_TYPES = `
  select case when t.typisdefined then 'base type' else 'shell type' end as kind, t.oid::int8, t.typnamespace::int8, t.typname,
         format('CREATE TYPE %I.%I', n.nspname, t.typname) || case when not t.typisdefined then '' else format(E' (\\n    %s\\n)', concat_ws(E',\\n    ',
           ${PARAMETER("INPUT", "t.typinput")}, ${PARAMETER("OUTPUT", "t.typoutput")}, ${PARAMETER("RECEIVE", "t.typreceive")},
           ${PARAMETER("SEND", "t.typsend")}, ${PARAMETER("TYPMOD_IN", "t.typmodin")}, ${PARAMETER("TYPMOD_OUT", "t.typmodout")},
           ${PARAMETER("ANALYZE", "t.typanalyze")}, ${PARAMETER("SUBSCRIPT", "t.typsubscript")},
           'INTERNALLENGTH = ' || case t.typlen when -1 then 'VARIABLE' else t.typlen::text end,
           case when t.typbyval then 'PASSEDBYVALUE' end,
           'ALIGNMENT = ' || case t.typalign when 'c' then 'char' when 's' then 'int2' when 'd' then 'double' else 'int4' end,
           'STORAGE = ' || case t.typstorage when 'x' then 'extended' when 'e' then 'external' when 'm' then 'main' else 'plain' end,
           case when t.typcategory <> 'U' then format('CATEGORY = %L', t.typcategory) end,
           case when t.typispreferred then 'PREFERRED = true' end,
           'DEFAULT = ' || quote_literal(t.typdefault),
           case when t.typelem <> 0 then 'ELEMENT = ' || pg_catalog.format_type(t.typelem, null) end,
           case when t.typdelim <> ',' then format('DELIMITER = %L', t.typdelim) end,
           case when t.typcollation <> 0 then 'COLLATABLE = true' end)) end as definition,
         pg_catalog.obj_description(t.oid, 'pg_type'), 'pg_type' as catalogue, t.typarray::int8
    from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
   where (t.typtype = 'b' or (t.typtype = 'p' and not t.typisdefined)) and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_type", "t.oid")}
     and not exists (select 1 from pg_catalog.pg_type e where e.typarray = t.oid)`;

const LANGUAGES = `
  select 'language', l.oid::int8, null::int8, l.lanname,
         format('CREATE %sLANGUAGE %I HANDLER %s%s%s', case when l.lanpltrusted then 'TRUSTED ' else '' end, l.lanname, l.lanplcallfoid::regproc::text,
           coalesce(' INLINE ' || nullif(l.laninline::oid, 0)::regproc::text, ''), coalesce(' VALIDATOR ' || nullif(l.lanvalidator::oid, 0)::regproc::text, '')),
         pg_catalog.obj_description(l.oid, 'pg_language'), 'pg_language', null::int8
    from pg_catalog.pg_language l
   where l.lanispl and l.oid >= 16384 and ${NOT_EXTENSION("pg_language", "l.oid")}`;

/** As `STATEMENTS`, with the oid of a type's array at the end. */
export const LANGUAGES_AND_TYPES = `select * from (${LANGUAGES} union all ${BASE_TYPES}) as found(kind, oid, namespace, name, definition, comment, catalogue, typarray)
   order by kind, namespace, name`;
