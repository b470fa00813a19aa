/**
 * Text search objects, publications and user mappings, each as the statements that create it. The shape of the rows is that of
 * `STATEMENTS` in `statements.sql.ts`.
 */
import { NOT_EXTENSION, type ServerVersion, USER_SPACE } from "./parts.sql.ts";

/** A function that need not be there, as a parameter of CREATE TEXT SEARCH. */
const PARAMETER = (name: string, column: string): string => `'${name} = ' || nullif(${column}::oid, 0)::regproc::text`;

const PARSERS = `
  select 'text search parser', p.oid::int8, p.prsnamespace::int8, p.prsname,
         format('CREATE TEXT SEARCH PARSER %I.%I (%s)', n.nspname, p.prsname, concat_ws(', ', ${PARAMETER("START", "p.prsstart")},
           ${PARAMETER("GETTOKEN", "p.prstoken")}, ${PARAMETER("END", "p.prsend")}, ${PARAMETER("LEXTYPES", "p.prslextype")},
           ${PARAMETER("HEADLINE", "p.prsheadline")})),
         pg_catalog.obj_description(p.oid, 'pg_ts_parser'), 'pg_ts_parser'
    from pg_catalog.pg_ts_parser p join pg_catalog.pg_namespace n on n.oid = p.prsnamespace
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_ts_parser", "p.oid")}`;

const TEMPLATES = `
  select 'text search template', t.oid::int8, t.tmplnamespace::int8, t.tmplname,
         format('CREATE TEXT SEARCH TEMPLATE %I.%I (%s)', n.nspname, t.tmplname,
           concat_ws(', ', ${PARAMETER("INIT", "t.tmplinit")}, ${PARAMETER("LEXIZE", "t.tmpllexize")})),
         pg_catalog.obj_description(t.oid, 'pg_ts_template'), 'pg_ts_template'
    from pg_catalog.pg_ts_template t join pg_catalog.pg_namespace n on n.oid = t.tmplnamespace
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_ts_template", "t.oid")}`;

const DICTIONARIES = `
  select 'text search dictionary', d.oid::int8, d.dictnamespace::int8, d.dictname,
         format('CREATE TEXT SEARCH DICTIONARY %I.%I (%s)', n.nspname, d.dictname,
           concat_ws(', ', format('TEMPLATE = %I.%I', tn.nspname, t.tmplname), nullif(d.dictinitoption, ''))),
         pg_catalog.obj_description(d.oid, 'pg_ts_dict'), 'pg_ts_dict'
    from pg_catalog.pg_ts_dict d join pg_catalog.pg_namespace n on n.oid = d.dictnamespace
    join pg_catalog.pg_ts_template t on t.oid = d.dicttemplate join pg_catalog.pg_namespace tn on tn.oid = t.tmplnamespace
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_ts_dict", "d.oid")}`;

const CONFIGURATIONS = `
  select 'text search configuration', c.oid::int8, c.cfgnamespace::int8, c.cfgname,
         format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname, pn.nspname, p.prsname) ||
         coalesce((select string_agg(format(E';\\nALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s', n.nspname, c.cfgname, m.alias, m.dictionaries), '' order by m.alias)
            from (select t.alias, string_agg(k.mapdict::regdictionary::text, ', ' order by k.mapseqno) as dictionaries
                    from pg_catalog.pg_ts_config_map k, lateral pg_catalog.ts_token_type(c.cfgparser) t
                   where k.mapcfg = c.oid and t.tokid = k.maptokentype group by t.alias) m), ''),
         pg_catalog.obj_description(c.oid, 'pg_ts_config'), 'pg_ts_config'
    from pg_catalog.pg_ts_config c join pg_catalog.pg_namespace n on n.oid = c.cfgnamespace
    join pg_catalog.pg_ts_parser p on p.oid = c.cfgparser join pg_catalog.pg_namespace pn on pn.oid = p.prsnamespace
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_ts_config", "c.oid")}`;

export const TEXT_SEARCH = `
  select * from (${[PARSERS, TEMPLATES, DICTIONARIES, CONFIGURATIONS].join(" union all ")})
    as found(kind, oid, namespace, name, definition, comment, catalogue)
   order by array_position(array['text search parser', 'text search template', 'text search dictionary', 'text search configuration'], kind), namespace, name`;

/** Words that would open a door: what a design holds may be shared. */
const SECRETS = "'password', 'sslpassword', 'passcode'";

const USER_MAPPINGS = `
  select 'user mapping', m.umid::int8, null::int8, format('FOR %s SERVER %I', case m.umuser when 0 then 'PUBLIC' else pg_catalog.quote_ident(m.usename) end, m.srvname),
         format('CREATE USER MAPPING FOR %s SERVER %I', case m.umuser when 0 then 'PUBLIC' else pg_catalog.quote_ident(m.usename) end, m.srvname) ||
         coalesce((select ' OPTIONS (' || string_agg(format('%I %L', option_name, option_value), ', ') || ')'
           from pg_catalog.pg_options_to_table(m.umoptions) where option_name not in (${SECRETS})), ''),
         null, 'pg_user_mapping'
    from pg_catalog.pg_user_mappings m
   where ${NOT_EXTENSION("pg_user_mapping", "m.umid")}`;

/** The tables and namespaces of a publication, as FOR lists them. */
const published = (number: number): string => `
  (select string_agg(part, ', ' order by part) from (
     select format('TABLE ONLY %I.%I', cn.nspname, c.relname)${
       number >= 150000
         ? `|| coalesce((select ' (' || string_agg(quote_ident(a.attname), ', ' order by a.attnum) || ')' from pg_catalog.pg_attribute a
              where a.attrelid = r.prrelid and a.attnum = any (r.prattrs)), '')
            || coalesce(' WHERE (' || pg_catalog.pg_get_expr(r.prqual, r.prrelid) || ')', '')`
         : ""
     } as part
       from pg_catalog.pg_publication_rel r join pg_catalog.pg_class c on c.oid = r.prrelid join pg_catalog.pg_namespace cn on cn.oid = c.relnamespace
      where r.prpubid = p.oid
     ${
       number >= 150000
         ? `union all select format('TABLES IN SCHEMA %I', sn.nspname)
              from pg_catalog.pg_publication_namespace s join pg_catalog.pg_namespace sn on sn.oid = s.pnnspid where s.pnpubid = p.oid`
         : ""
     }) parts)`;

const publications = (number: number): string => `
  select 'publication', p.oid::int8, null::int8, p.pubname,
         format('CREATE PUBLICATION %I%s WITH (%s)', p.pubname,
           case when p.puballtables then ' FOR ALL TABLES' else coalesce(' FOR ' || ${published(number)}, '') end,
           concat_ws(', ', format('publish = %L', concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
             case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end)),
             case when p.pubviaroot then 'publish_via_partition_root = true' end
             ${number >= 180000 ? ", case p.pubgencols when 's' then 'publish_generated_columns = stored' end" : ""})),
         pg_catalog.obj_description(p.oid, 'pg_publication'), 'pg_publication'
    from pg_catalog.pg_publication p where ${NOT_EXTENSION("pg_publication", "p.oid")}`;

export const publicationStatements = ({ number }: ServerVersion): string =>
  `${USER_MAPPINGS} union all ${publications(number)} order by 1, 4`;
