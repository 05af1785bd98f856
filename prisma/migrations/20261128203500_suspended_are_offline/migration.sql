-- Agents of suspended people can't be active. Those who were set active all the same go offline.
UPDATE agent_states s SET status_before_offline = s.status, status = 'offline', last_status_set = now(),
  availability_updated_at = now(), version = s.version + 1
FROM agents a JOIN memberships m ON m.workspace_id = a.workspace_id AND m.user_id = a.user_id
WHERE a.workspace_id = s.workspace_id AND a.id = s.agent_id AND m.status = 'suspended' AND s.status = 'active';
