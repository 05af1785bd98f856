/**
 * Identifies the state of everything on which a workspace's hours depend. Includes transaction ids, because a
 * revision number is used again after a rollback.
 */
export const revisionText = `
  SELECT coalesce(string_agg(concat_ws(':', r.shard, r.revision, r.xmin), ',' ORDER BY r.shard), '') AS revision
  FROM calendar_revisions r WHERE r.workspace_id = :workspaceId::uuid`;
