// discord.js, the library that most bots are written with, against the fake: it logs in, sends, resumes, registers and answers commands
// and buttons. What it takes for Discord, the companion is tested against.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(process.argv[2] + '/'));
const { Client, GatewayIntentBits, Partials, REST, ActionRowBuilder, ButtonBuilder, ButtonStyle } = require('discord.js');

const [, , , base, token] = process.argv;
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  partials: [Partials.Channel],
  rest: { api: base },
});
const say = (what) => console.log(JSON.stringify(what));

client.on('clientReady', async () => {
  say({ ready: client.user.id, guilds: client.guilds.cache.size });
  await client.application.commands.set([{ name: 'sos', description: 'help lines' }]);
  say({ registered: true });
});
client.on('shardResume', (id) => say({ resumed: id }));
client.on('messageCreate', async (message) => {
  if (message.author.bot) return;
  const row = new ActionRowBuilder().addComponents(new ButtonBuilder().setCustomId('one').setLabel('one').setStyle(ButtonStyle.Secondary));
  const sent = await message.reply({ content: 'heard: ' + message.content, components: [row], allowedMentions: { parse: [] } });
  say({ replied: sent.id });
});
client.on('interactionCreate', async (interaction) => {
  if (interaction.isChatInputCommand()) {
    await interaction.deferReply({ flags: 64 });
    await interaction.editReply('later: ' + interaction.commandName);
    await interaction.followUp({ content: 'more', flags: 64 });
  } else if (interaction.isButton()) {
    await interaction.reply({ content: 'pressed: ' + interaction.customId, flags: 64 });
  }
});
client.on('error', (error) => say({ error: String(error) }));
process.on('unhandledRejection', (error) => { say({ error: String(error) }); process.exit(1); });
await client.login(token);
