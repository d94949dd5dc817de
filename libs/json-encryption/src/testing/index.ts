export { type OpenedMessage, type Recipient, type RecipientOptions, aRecipient } from './a-recipient.js';
