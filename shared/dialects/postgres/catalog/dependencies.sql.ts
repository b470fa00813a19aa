/**
 * Who needs whom: catalogue and oid on both sides; what hangs on a table or domain is resolved to that. Left out is what says
 * nothing of an order: a table's parts of the table itself, and what indexes, sequences and foreign keys need.
 */
export const DEPENDENCIES = `
  select d.classid::regclass::text, d.objid::int8, d.refclassid::regclass::text, d.refobjid::int8,
         coalesce(w.ev_class, f.adrelid, nullif(k.conrelid, 0))::int8, k.contypid::int8
    from pg_catalog.pg_depend d
    left join pg_catalog.pg_rewrite w on d.classid = 'pg_catalog.pg_rewrite'::regclass and w.oid = d.objid and w.rulename = '_RETURN'
    left join pg_catalog.pg_attrdef f on d.classid = 'pg_catalog.pg_attrdef'::regclass and f.oid = d.objid
    left join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid
    left join pg_catalog.pg_class c on d.classid = 'pg_catalog.pg_class'::regclass and c.oid = d.objid
   where d.deptype in ('n', 'a', 'x') and d.objid >= 16384 and d.refobjid >= 16384
     and k.contype is distinct from 'f' and (c.oid is null or c.relkind in ('r', 'p', 'v', 'm', 'f'))
     and (d.refclassid <> 'pg_catalog.pg_class'::regclass
          or d.refobjid is distinct from coalesce(w.ev_class, f.adrelid, nullif(k.conrelid, 0)))`;
