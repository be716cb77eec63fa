/** Channels on which people write to and fro, and whose ticket begins before the customer has said anything. */
const CONVERSATION =
  /^(native_messaging|messaging|chat|whatsapp|facebook|instagram_dm|twitter_dm|line|wechat|telegram|viber|kakaotalk|sunshine|apple|apple_business_chat|google_rcs|google_business_messages|slack_connect|any_channel|(mailgun|messagebird|twilio)_sms|sms|sunshine_conversations_.*|.*_messenger)$/;

/** @param channel Zendesk's `via.channel` */
export const isConversation = (channel: string): boolean => CONVERSATION.test(channel);
