// The emoji that messages of an app are likely to name. Others are drawn as :name:, as Slack draws unknown ones.
const table = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 wave 👋 clap 👏 raised_hands 🙌 pray 🙏 muscle 💪 point_right 👉
point_left 👈 point_up_2 👆 point_down 👇 hand ✋ raised_hand ✋ writing_hand ✍️ eyes 👀 brain 🧠 handshake 🤝
smile 😄 smiley 😃 grinning 😀 slightly_smiling_face 🙂 blush 😊 wink 😉 joy 😂 thinking_face 🤔 neutral_face 😐
disappointed 😞 cry 😢 sob 😭 angry 😠 scream 😱 sweat_smile 😅 sunglasses 😎 zzz 💤 skull 💀 ghost 👻 robot_face 🤖
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ no_entry ⛔
no_entry_sign 🚫 octagonal_sign 🛑 warning ⚠️ rotating_light 🚨 exclamation ❗ heavy_exclamation_mark ❗ question ❓
grey_question ❔ information_source ℹ️ bangbang ‼️ interrobang ⁉️ sos 🆘 bulb 💡 bell 🔔 no_bell 🔕 loudspeaker 📢
mega 📣 speech_balloon 💬 thought_balloon 💭 lock 🔒 unlock 🔓 lock_with_ink_pen 🔏 closed_lock_with_key 🔐 key 🔑
old_key 🗝️ shield 🛡️ passport_control 🛂 detective 🕵️ guardsman 💂 bust_in_silhouette 👤 busts_in_silhouette 👥
family 👪 woman 👩 man 👨 adult 🧑 hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ alarm_clock ⏰ stopwatch ⏱️
timer_clock ⏲️ clock1 🕐 clock3 🕒 clock9 🕘 calendar 📆 date 📅 spiral_calendar_pad 🗓️ arrow_right ➡️ arrow_left ⬅️
arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 arrows_clockwise 🔃 leftwards_arrow_with_hook ↩️ repeat 🔁
fast_forward ⏩ rewind ⏪ arrow_forward ▶️ double_vertical_bar ⏸️ black_square_for_stop ⏹️ heavy_plus_sign ➕
heavy_minus_sign ➖ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵
large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_red_square 🟥 large_green_square 🟩 small_blue_diamond 🔹
small_orange_diamond 🔸 triangular_flag_on_post 🚩 checkered_flag 🏁 white_flag 🏳️ star ⭐ star2 🌟 sparkles ✨
zap ⚡ fire 🔥 boom 💥 tada 🎉 confetti_ball 🎊 rocket 🚀 ship 🚢 airplane ✈️ car 🚗 house 🏠 office 🏢 factory 🏭
hospital 🏥 school 🏫 bank 🏦 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 globe_with_meridians 🌐 sunny ☀️
cloud ☁️ rain_cloud 🌧️ snowflake ❄️ rainbow 🌈 umbrella ☔ ocean 🌊 seedling 🌱 evergreen_tree 🌲 four_leaf_clover 🍀
cherry_blossom 🌸 rose 🌹 sunflower 🌻 mushroom 🍄 dog 🐶 cat 🐱 mouse 🐭 bear 🐻 bee 🐝 bug 🐛 turtle 🐢 whale 🐳
penguin 🐧 unicorn_face 🦄 apple 🍎 tangerine 🍊 lemon 🍋 banana 🍌 strawberry 🍓 pizza 🍕 cake 🍰 birthday 🎂
coffee ☕ tea 🍵 beer 🍺 beers 🍻 trophy 🏆 medal 🏅 first_place_medal 🥇 dart 🎯 game_die 🎲 art 🎨 musical_note 🎵
headphones 🎧 microphone 🎤 camera 📷 movie_camera 🎥 tv 📺 computer 💻 desktop_computer 🖥️ keyboard ⌨️ iphone 📱
telephone_receiver 📞 phone ☎️ pager 📟 email 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤
mailbox 📫 package 📦 ticket 🎫 label 🏷️ bookmark 🔖 paperclip 📎 pushpin 📌 round_pushpin 📍 link 🔗 scissors ✂️
memo 📝 pencil ✏️ pencil2 ✏️ black_nib ✒️ scroll 📜 page_facing_up 📄 page_with_curl 📃 clipboard 📋 file_folder 📁
open_file_folder 📂 card_index 📇 bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 ledger 📒
notebook 📓 books 📚 book 📖 newspaper 📰 mag 🔍 mag_right 🔎 wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ gear ⚙️
nut_and_bolt 🔩 construction 🚧 test_tube 🧪 microscope 🔬 telescope 🔭 satellite_antenna 📡 battery 🔋 electric_plug 🔌
wastebasket 🗑️ moneybag 💰 credit_card 💳 receipt 🧾 briefcase 💼 crown 👑 gem 💎 gift 🎁 balloon 🎈 crystal_ball 🔮
dna 🧬 abacus 🧮 heart ❤️ yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 100 💯
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ zero 0️⃣ hash #️⃣ infinity ♾️ recycle ♻️ new 🆕 free 🆓 up 🆙 ok 🆗 end 🔚 soon 🔜
`;

const known = new Map();
{
  const words = table.trim().split(/\s+/);
  for (let at = 0; at < words.length; at += 2) known.set(words[at], words[at + 1]);
}

const skin_tones = ['', '', '\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'];
const toned =
  /^[\u{1F44A}-\u{1F450}\u{1F446}-\u{1F449}\u{1F64C}\u{1F64F}\u{1F4AA}\u{270B}\u{270D}\u{1F468}\u{1F469}\u{1F9D1}]/u;

// The characters for a name, with Slack's skin tones 2 to 6; null for a name that is not in the table.
export function emoji_for(name, skin_tone = 1) {
  const found = known.get(name);
  if (found === undefined) return null;
  if (skin_tone < 2 || skin_tone > 6 || !toned.test(found)) return found;
  return found.replace('\uFE0F', '') + skin_tones[skin_tone];
}

// A rich text emoji may say its code points itself: "1f44d-1f3fd".
export function emoji_from_code_points(words) {
  if (!/^[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9}$/i.test(words)) return null;
  const points = words.split('-').map((word) => Number.parseInt(word, 16));
  return points.every((point) => point <= 0x10ffff && (point < 0xd800 || point > 0xdfff))
    ? String.fromCodePoint(...points)
    : null;
}

const name_pattern = /^:([a-z0-9_+'-]{1,80}):(?::skin-tone-([2-6]):)?/;

// The emoji at the beginning of a text, or null: {name, skin_tone, length}.
export function emoji_at(text) {
  const match = name_pattern.exec(text);
  if (match === null || !/[a-z0-9]/.test(match[1])) return null;
  return { name: match[1], skin_tone: Number(match[2] || 1), length: match[0].length };
}
