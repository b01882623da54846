import { ownValue } from '../model/own-value.ts';
import type { Activity } from './activity.ts';
import { CATEGORY_WORDS } from './words.ts';

/** Display names of event types whose own names are hard to read, including telemetry of Claude Code and Cowork. */
const NAMED: Readonly<Record<string, string>> = {
  user_prompt: 'Prompt',
  assistant_response: 'Answer of Claude',
  tool_result: 'Result of a tool',
  tool_decision: 'Decision on a tool',
  api_request: 'Model called',
  api_error: 'Model call failed',
  api_refusal: 'Model declined to answer',
  api_request_body: 'Text sent to the model',
  api_response_body: 'Text received from the model',
  api_retries_exhausted: 'Model call failed after several tries',
  auth: 'Sign-in',
  mcp_server_connection: 'Connection to a connector',
  at_mention: 'File or person mentioned',
  internal_error: 'Error within Claude',
  content_check_allowed: 'Content checked and allowed',
  content_check_denied: 'Content checked and refused',
  content_check_flagged: 'Content checked; it would be refused',
  content_check_unchecked: 'Content let through unchecked',
  content_check_tested: 'Content check tested by Claude',
  compaction: 'Conversation shortened to fit',
  feedback_survey: 'Feedback asked for',
  retention_sweep: 'Old data removed by age',
  hook_execution_start: 'Hook started',
  hook_execution_complete: 'Hook completed',
  hook_plugin_metrics: 'Figures of hooks and plugins',
  managed_settings_resolved: 'Managed settings applied',
  abuse_decision_received: 'Decision on misuse received',
  anonymous_mobile_login_attempted: 'Anonymous sign-in attempted on a phone',
  anthropic_access: 'Accessed by Anthropic',
  audit_log_export_accessed: 'Exported audit log opened',
  audit_log_export_started: 'Audit log export started',
  cmek_preserve: 'Customer-managed key preserved',
  compliance_api_accessed: 'Compliance API used',
  github_token_import: 'GitHub token imported',
  lti_launch_success: 'Course opened from the learning platform',
  lti_launch_initiated: 'Course opening started from the learning platform',
  magic_link_login_initiated: 'Sign-in link requested',
  magic_link_login_succeeded: 'Signed in with a link by email',
  magic_link_login_failed: 'Sign-in with a link by email failed',
  mcp_server_created: 'Connector added',
  mcp_server_updated: 'Connector changed',
  mcp_server_deleted: 'Connector removed',
  mcp_tool_policy_updated: 'Permissions of a connector’s tools changed',
  org_cowork_act_without_asking_mode_disabled: 'Cowork’s “act without asking” mode switched off',
  org_cowork_act_without_asking_mode_enabled: 'Cowork’s “act without asking” mode switched on',
  org_data_export_accessed: 'Exported data opened',
  org_data_export_completed: 'Data export completed',
  org_data_export_started: 'Data export started',
  org_members_exported: 'List of members exported',
  org_sso_toggled: 'Single sign-on switched on or off',
  org_user_deleted: 'Member removed',
  org_user_invite_accepted: 'Invitation accepted',
  org_user_invite_deleted: 'Invitation deleted',
  org_user_invite_re_sent: 'Invitation sent again',
  org_user_invite_rejected: 'Invitation declined',
  org_user_invite_sent: 'Invitation sent',
  org_user_left: 'Member left',
  org_user_viewed: 'Member viewed',
  org_users_listed: 'Members listed',
  org_invites_listed: 'Invitations listed',
  phone_code_sent: 'Code sent to a phone',
  phone_code_verified: 'Code from a phone verified',
  session_revoked: 'Session ended by an administrator',
  social_login_succeeded: 'Signed in with Google or another provider',
  sso_login_failed: 'Single sign-on failed',
  sso_login_initiated: 'Single sign-on started',
  sso_login_succeeded: 'Signed in with single sign-on',
  user_logged_out: 'Signed out',
};

/** Replacements for parts of names; empty: the part is omitted. */
const PARTS: Readonly<Record<string, string>> = {
  acl: 'access list',
  api: 'API',
  cancelled: 'canceled',
  ccr: 'remote Claude Code',
  claude: 'Claude',
  cli: 'command line',
  cmek: 'customer-managed key',
  config: 'configuration',
  cowork: 'Cowork',
  gdrive: 'Google Drive',
  ghe: 'GitHub Enterprise',
  github: 'GitHub',
  gitlab: 'GitLab',
  hipaa: 'HIPAA',
  ip: 'IP',
  lti: 'learning platform',
  mcp: 'MCP',
  oauth: 'OAuth',
  oidc: 'OIDC',
  org: 'organization',
  otlp: 'OTLP',
  pubsec: 'public sector',
  rbac: '',
  scim: 'SCIM',
  slack: 'Slack',
  sso: 'single sign-on',
};

/** Things that are in Claude anyway, so that its name can be omitted: chats, files, projects. */
const OF_CLAUDE = /^claude_(?!code_|enterprise_|pubsec_|gdrive_|github_)/;

/** A switch of the organization. */
const SWITCHED = /^org_(.+)_(enabled|disabled)$/;

/**
 * Display name of a type, even an unknown one: "claude_file_uploaded" becomes "File uploaded",
 * "org_sso_connection_activated" becomes "Organization single sign-on connection activated".
 */
export function typeWords(type: string): string {
  const named = ownValue(NAMED, type);
  if (named !== undefined) return named;
  const spaced = type
    .replace(SWITCHED, (_, what: string, to: string) => `${what}_switched_${to === 'enabled' ? 'on' : 'off'}`)
    .replace(OF_CLAUDE, '')
    .replace(/^claude_code_/, 'Claude_Code_')
    .split(/[_.:]+/)
    .map((part) => ownValue(PARTS, part) ?? part)
    .filter((part) => part !== '')
    .join(' ');
  return spaced === '' ? type : spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/**
 * Types whose display name contains the text, ignoring case: of telemetry, and of those given.
 *
 * @param known types of the activity feed
 */
export function typesTitled(text: string, known: readonly string[]): readonly string[] {
  const wanted = text.toLowerCase();
  return [...Object.keys(NAMED), ...known].filter((type) => typeWords(type).toLowerCase().includes(wanted));
}

/**
 * Display name of an activity in a list: its tool, otherwise its type.
 *
 * @param toolTitle the tool's title in the catalogue; null: only the vendor's name is known
 */
export function activityTitle(
  { type, category, tool }: Pick<Activity, 'type' | 'category' | 'tool'>,
  toolTitle: string | null,
): string {
  if (tool !== null && (category === 'tool_call' || category === 'tool_decision'))
    return `${CATEGORY_WORDS[category]}: ${toolTitle ?? tool}`;
  return typeWords(type);
}
