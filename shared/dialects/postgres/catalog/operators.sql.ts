/**
 * Operators, casts and what indexes make of them, each as the statements that create it. The shape of the rows is that of
 * `STATEMENTS` in `statements.sql.ts`; see the manual, "Interfacing User-defined Extensions to Indexes".
 */
import { NOT_EXTENSION, USER_SPACE } from "./parts.sql.ts";

const OPERATOR_NAME = (oid: string): string =>
  `(select format('OPERATOR(%I.%s)', xn.nspname, x.oprname) from pg_catalog.pg_operator x
      join pg_catalog.pg_namespace xn on xn.oid = x.oprnamespace where x.oid = ${oid})`;

const TYPE_OR_NONE = (oid: string): string => `case when ${oid} = 0 then 'NONE' else pg_catalog.format_type(${oid}, null) end`;

const OPERATORS = `
  select 'operator', o.oid::int8, o.oprnamespace::int8,
         format('%I.%s (%s, %s)', n.nspname, o.oprname, ${TYPE_OR_NONE("o.oprleft")}, ${TYPE_OR_NONE("o.oprright")}),
         format('CREATE OPERATOR %I.%s (%s)', n.nspname, o.oprname, concat_ws(', ', 'FUNCTION = ' || o.oprcode::regproc::text,
           case when o.oprleft <> 0 then 'LEFTARG = ' || pg_catalog.format_type(o.oprleft, null) end,
           case when o.oprright <> 0 then 'RIGHTARG = ' || pg_catalog.format_type(o.oprright, null) end,
           'COMMUTATOR = ' || ${OPERATOR_NAME("o.oprcom")}, 'NEGATOR = ' || ${OPERATOR_NAME("o.oprnegate")},
           'RESTRICT = ' || nullif(o.oprrest::oid, 0)::regproc::text, 'JOIN = ' || nullif(o.oprjoin::oid, 0)::regproc::text,
           case when o.oprcanhash then 'HASHES' end, case when o.oprcanmerge then 'MERGES' end)),
         pg_catalog.obj_description(o.oid, 'pg_operator'), 'pg_operator'
    from pg_catalog.pg_operator o join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
   where o.oprcode <> 0 and ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_operator", "o.oid")}`;

/** Casts between a range and its multirange come with the range. */
const CASTS = `
  select 'cast', c.oid::int8, null::int8, format('(%s AS %s)', pg_catalog.format_type(c.castsource, null), pg_catalog.format_type(c.casttarget, null)),
         format('CREATE CAST (%s AS %s) %s%s', pg_catalog.format_type(c.castsource, null), pg_catalog.format_type(c.casttarget, null),
           case c.castmethod when 'i' then 'WITH INOUT' when 'b' then 'WITHOUT FUNCTION' else 'WITH FUNCTION ' || c.castfunc::regprocedure::text end,
           case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' else '' end),
         pg_catalog.obj_description(c.oid, 'pg_cast'), 'pg_cast'
    from pg_catalog.pg_cast c
   where c.oid >= 16384 and not exists (select 1 from pg_catalog.pg_depend x
     where x.classid = 'pg_catalog.pg_cast'::regclass and x.objid = c.oid and x.deptype in ('e', 'i'))`;

/** The operators and functions that stand in an operator class, or loose in a family: `owner` is which of the two. */
const MEMBERS = (owner: "pg_opclass" | "pg_opfamily", oid: string): string => `
  (select string_agg(m.part, ', ' order by m.what, m.number, m.part) from (
     select 1 as what, a.amopstrategy as number, format('OPERATOR %s %s%s', a.amopstrategy, a.amopopr::regoperator::text,
              (select format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname) from pg_catalog.pg_opfamily s
                 join pg_catalog.pg_namespace sn on sn.oid = s.opfnamespace where s.oid = a.amopsortfamily)) as part
       from pg_catalog.pg_amop a join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_amop'::regclass and d.objid = a.oid
      where d.refclassid = 'pg_catalog.${owner}'::regclass and d.refobjid = ${oid}
     union all
     select 2, p.amprocnum, format('FUNCTION %s (%s, %s) %s', p.amprocnum, pg_catalog.format_type(p.amproclefttype, null),
              pg_catalog.format_type(p.amprocrighttype, null), p.amproc::regprocedure::text)
       from pg_catalog.pg_amproc p join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_amproc'::regclass and d.objid = p.oid
      where d.refclassid = 'pg_catalog.${owner}'::regclass and d.refobjid = ${oid}) m)`;

const FAMILIES = `
  select 'operator family', f.oid::int8, f.opfnamespace::int8, format('%I.%I USING %I', n.nspname, f.opfname, am.amname),
         format('CREATE OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, am.amname),
         pg_catalog.obj_description(f.oid, 'pg_opfamily'), 'pg_opfamily'
    from pg_catalog.pg_opfamily f join pg_catalog.pg_namespace n on n.oid = f.opfnamespace join pg_catalog.pg_am am on am.oid = f.opfmethod
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_opfamily", "f.oid")}`;

const CLASSES = `
  select 'operator class', c.oid::int8, c.opcnamespace::int8, format('%I.%I USING %I', n.nspname, c.opcname, am.amname),
         format('CREATE OPERATOR CLASS %I.%I%s FOR TYPE %s USING %I FAMILY %I.%I AS %s', n.nspname, c.opcname,
           case when c.opcdefault then ' DEFAULT' else '' end, pg_catalog.format_type(c.opcintype, null), am.amname, fn.nspname, f.opfname,
           concat_ws(', ', 'STORAGE ' || pg_catalog.format_type(nullif(coalesce(nullif(c.opckeytype, 0), c.opcintype), case when ${MEMBERS("pg_opclass", "c.oid")} is null then 0 else c.opcintype end), null),
             ${MEMBERS("pg_opclass", "c.oid")})),
         pg_catalog.obj_description(c.oid, 'pg_opclass'), 'pg_opclass'
    from pg_catalog.pg_opclass c join pg_catalog.pg_namespace n on n.oid = c.opcnamespace join pg_catalog.pg_am am on am.oid = c.opcmethod
    join pg_catalog.pg_opfamily f on f.oid = c.opcfamily join pg_catalog.pg_namespace fn on fn.oid = f.opfnamespace
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_opclass", "c.oid")}`;

/** What was added to a family by itself; it may speak of any class of the family, so it stands after them. */
const ADDITIONS = `
  select 'operator family member', f.oid::int8, f.opfnamespace::int8, format('%I.%I USING %I', n.nspname, f.opfname, am.amname),
         format('ALTER OPERATOR FAMILY %I.%I USING %I ADD %s', n.nspname, f.opfname, am.amname, ${MEMBERS("pg_opfamily", "f.oid")}),
         null, 'members of pg_opfamily'
    from pg_catalog.pg_opfamily f join pg_catalog.pg_namespace n on n.oid = f.opfnamespace join pg_catalog.pg_am am on am.oid = f.opfmethod
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_opfamily", "f.oid")} and ${MEMBERS("pg_opfamily", "f.oid")} is not null`;

const ACCESS_METHODS = `
  select 'access method', a.oid::int8, null::int8, a.amname,
         format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', a.amname, case a.amtype when 'i' then 'INDEX' else 'TABLE' end, a.amhandler::regproc::text),
         pg_catalog.obj_description(a.oid, 'pg_am'), 'pg_am'
    from pg_catalog.pg_am a where a.oid >= 16384 and ${NOT_EXTENSION("pg_am", "a.oid")}`;

const CONVERSIONS = `
  select 'conversion', c.oid::int8, c.connamespace::int8, c.conname,
         format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s', case when c.condefault then 'DEFAULT ' else '' end, n.nspname, c.conname,
           pg_catalog.pg_encoding_to_char(c.conforencoding), pg_catalog.pg_encoding_to_char(c.contoencoding), c.conproc::regproc::text),
         pg_catalog.obj_description(c.oid, 'pg_conversion'), 'pg_conversion'
    from pg_catalog.pg_conversion c join pg_catalog.pg_namespace n on n.oid = c.connamespace
   where ${USER_SPACE("n")} and ${NOT_EXTENSION("pg_conversion", "c.oid")}`;

/** In the order in which they need each other. */
export const OPERATOR_STATEMENTS = `
  select * from (${[OPERATORS, CASTS, ACCESS_METHODS, FAMILIES, CLASSES, ADDITIONS, CONVERSIONS].join(" union all ")})
    as found(kind, oid, namespace, name, definition, comment, catalogue)
   order by array_position(array['operator', 'cast', 'access method', 'operator family', 'operator class', 'operator family member', 'conversion'], kind), name`;
