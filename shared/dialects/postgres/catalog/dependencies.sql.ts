/** Who needs whom: catalogue and oid on both sides; what hangs on a table or domain is resolved to that. */
export const DEPENDENCIES = `
  select d.classid::regclass::text, d.objid::int8, d.refclassid::regclass::text, d.refobjid::int8,
         coalesce(w.ev_class, f.adrelid, nullif(k.conrelid, 0))::int8, k.contypid::int8
    from pg_catalog.pg_depend d
    left join pg_catalog.pg_rewrite w on d.classid = 'pg_catalog.pg_rewrite'::regclass and w.oid = d.objid and w.rulename = '_RETURN'
    left join pg_catalog.pg_attrdef f on d.classid = 'pg_catalog.pg_attrdef'::regclass and f.oid = d.objid
    left join pg_catalog.pg_constraint k on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid and k.contype <> 'f'
   where d.deptype in ('n', 'a', 'x') and d.objid >= 16384 and d.refobjid >= 16384`;
