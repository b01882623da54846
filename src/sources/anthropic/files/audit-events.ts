import { ownValue } from '#domain/model/own-value.ts';

/**
 * The audit-log export and the activity feed use different event names. Mapping of 172 audit events to feed types as
 * published by Anthropic on 2026-04-20 (Compliance API, revision J, appendix B). The feed has grown since, so unknown
 * events keep their names.
 */
const RENAMED: Readonly<Record<string, string>> = {
  user_sent_phone_code: 'phone_code_sent',
  user_verified_phone_code: 'phone_code_verified',
  user_signed_in_google: 'social_login_succeeded',
  user_signed_in_apple: 'social_login_succeeded',
  user_signed_in_microsoft: 'social_login_succeeded',
  user_signed_in_sso: 'sso_login_succeeded',
  user_requested_magic_link: 'magic_link_login_initiated',
  user_age_verified: 'age_verified',
  user_attempted_magic_link_verification: 'magic_link_login_succeeded',
  user_signed_out: 'user_logged_out',
  user_signed_out_all_sessions: 'user_logged_out',
  user_revoked_session: 'session_revoked',
  user_name_changed: 'claude_user_settings_updated',
  org_user_updated: 'claude_user_role_updated',
  org_data_retention_policy_changed: 'claude_organization_settings_updated',
  org_claude_code_managed_settings_created: 'claude_organization_settings_updated',
  org_claude_code_managed_settings_updated: 'claude_organization_settings_updated',
  org_claude_code_managed_settings_deleted: 'claude_organization_settings_updated',
  project_created: 'claude_project_created',
  project_deleted: 'claude_project_deleted',
  project_visibility_changed: 'claude_project_sharing_updated',
  project_document_created: 'claude_project_document_uploaded',
  project_document_deleted: 'claude_project_document_deleted',
  file_uploaded: 'claude_file_uploaded',
  file_deleted: 'claude_file_deleted',
  skill_created: 'claude_skill_created',
  skill_replaced: 'claude_skill_replaced',
  skill_deleted: 'claude_skill_deleted',
  command_created: 'claude_command_created',
  command_replaced: 'claude_command_replaced',
  command_deleted: 'claude_command_deleted',
  plugin_created: 'claude_plugin_created',
  plugin_replaced: 'claude_plugin_replaced',
  plugin_updated: 'claude_plugin_updated',
  plugin_deleted: 'claude_plugin_deleted',
  conversation_created: 'claude_chat_created',
  conversation_deleted: 'claude_chat_deleted',
  conversation_renamed: 'claude_chat_settings_updated',
};

/** Events with the same name in both. */
const SAME = `anonymous_mobile_login_attempted sso_second_factor_magic_link org_user_invite_sent org_user_invite_re_sent org_user_invite_deleted
   org_user_invite_accepted org_user_invite_rejected org_user_deleted org_user_left org_domain_add_initiated org_domain_verified
   org_domain_removed org_sso_add_initiated org_sso_connection_activated org_sso_connection_deactivated org_sso_connection_deleted
   org_sso_toggled org_magic_link_second_factor_toggled org_directory_sync_add_initiated org_directory_sync_activated
   org_directory_sync_deleted org_directory_resync_started org_directory_resync_completed org_directory_resync_failed
   org_sso_provisioning_mode_changed org_sso_seat_tier_assignment_toggled org_sso_seat_tier_mappings_updated
   org_sso_group_role_mappings_updated org_sync_deleting_synchronized_files_started org_sync_synchronized_files_deleted org_creation_blocked
   org_claude_code_data_sharing_enabled org_claude_code_data_sharing_disabled org_cowork_enabled org_cowork_disabled
   org_work_across_apps_enabled org_work_across_apps_disabled org_cowork_agent_enabled org_cowork_agent_disabled
   org_claude_code_desktop_enabled org_claude_code_desktop_disabled org_parent_join_proposal_created org_parent_search_performed
   org_compliance_api_settings_updated org_analytics_api_capability_updated org_deletion_requested org_taint_added org_taint_removed
   org_discoverability_enabled org_discoverability_disabled org_discoverability_settings_updated org_join_request_created
   org_join_request_approved org_join_request_instant_approved org_join_request_dismissed org_join_requests_bulk_dismissed
   org_member_invites_enabled org_member_invites_disabled org_invite_link_generated org_invite_link_disabled org_invite_link_regenerated
   marketplace_created marketplace_updated marketplace_deleted session_share_created session_share_revoked session_share_accessed
   integration_user_connected integration_user_disconnected lti_launch_initiated lti_launch_success org_data_export_started
   org_data_export_completed org_members_exported role_assignment_granted role_assignment_revoked owned_projects_access_restored
   prepaid_extra_usage_auto_reload_enabled prepaid_extra_usage_auto_reload_disabled prepaid_extra_usage_auto_reload_settings_updated
   extra_usage_spend_limit_created extra_usage_spend_limit_updated extra_usage_spend_limit_deleted org_ip_restriction_created
   org_ip_restriction_updated org_ip_restriction_deleted org_bulk_delete_initiated org_deleted_via_bulk ghe_configuration_created
   ghe_configuration_updated ghe_configuration_deleted ghe_user_connected ghe_user_disconnected ghe_webhook_signature_invalid`;

/** Events that only the export has. */
const ONLY_EXPORT = `user_aws_console_jwt_exchanged account_migration_started account_migration_completed account_migration_failed org_sso_auto_provisioned
   org_jit_toggled connector_request_created connector_request_approved connector_request_dismissed project_renamed
   conversation_deletion_requested conversation_moved_to_project webauthn_credential_created webauthn_credential_deleted
   webauthn_credential_updated request_signing_key_created request_signing_key_deleted request_signing_key_updated lti_launch_failed
   lti_account_created lti_account_linked lti_session_created lti_session_expired student_data_accessed student_data_exported
   educational_org_modified org_federation_issuer_created org_federation_issuer_deleted org_federation_issuer_archived
   org_federation_rule_created org_federation_rule_deleted org_federation_rule_archived org_service_account_created
   org_service_account_archived prepaid_overages_auto_reload_enabled prepaid_overages_auto_reload_disabled
   prepaid_overages_auto_reload_settings_updated`;

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(RENAMED),
  ...SAME.split(/\s+/),
  ...ONLY_EXPORT.split(/\s+/),
  'integration_org_enabled',
  'integration_org_disabled',
  'integration_org_config_updated',
]);

/** Whether the vendor has published this event name for the export. */
export function isAuditEvent(event: string): boolean {
  return KNOWN.has(event);
}

/** The feed's name for an event of the export. `about` distinguishes integrations, for example by "drive" in a name. */
export function feedType(event: string, about: string): string {
  const renamed = ownValue(RENAMED, event);
  if (renamed !== undefined) return renamed;
  const change = /^integration_org_(enabled|disabled|config_updated)$/.exec(event)?.[1];
  if (change === undefined) return event;
  const verb = change === 'enabled' ? 'created' : change === 'disabled' ? 'deleted' : 'updated';
  if (/drive/i.test(about)) return `claude_gdrive_integration_${verb}`;
  if (/github/i.test(about)) return `claude_github_integration_${verb}`;
  return event;
}
