/**
 * The stems of passwords of twelve characters and more that lead the lists of leaked ones, reduced as
 * `check-password.ts` reduces them: lower case, no spaces or symbols, no digits at the end.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  password passwordpassword password1password mypassword thepassword newpassword passw0rd p4ssword pa55word password12password
  passphrase letmein letmeinplease letmeinnow welcome welcometo welcomehome administrator administration adminadmin superadmin
  qwerty qwertyuiop qwertyuiopasdfghjkl qwertyuiopas qwertyqwerty qwerty123qwerty qwertz qwertzuiop qwertzuiopasdf azerty azertyuiop
  azertyuiopqs asdfghjkl asdfghjklqwerty asdfasdfasdf zxcvbnm zxcvbnmasdfghjkl zxcvbnmzxcvbnm qazwsxedc qazwsxedcrfv qazwsxedcrfvtgb
  1qaz2wsx3edc 1qaz2wsx3edc4rfv 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qazxsw23edc q1w2e3r4t5y6 q1w2e3r4t5 zaq12wsxcde
  123456789012 1234567890123 12345678901234 1234567890 0123456789 01234567890123 123456789123 12341234 123123123123 112233445566
  098765432109 987654321098 9876543210 111222333444 102030405060 123456789 1234567891234567 147258369 147258369147 123321123321
  123456789a 123456789abc 123456abcdef 123qweasdzxc 123qwe123qwe 123abc123abc 1234qwerasdf 1234qwerasdfzxcv 12345qwert 123456qwerty
  abcdefghijkl abcdefghijklm abcdefghijklmnop abcdefgh abcd1234abcd abc123abc123 a1b2c3d4e5f6 a1b2c3d4e5 aabbccddeeff
  iloveyou iloveyouforever iloveyousomuch iloveyoubaby iloveyou2iloveyou ihateyou iloveme lovelove lovelovelove jesuschrist
  jesusislord godisgood trustno1trustno trustnoone opensesame whatever whateverwhatever monkeymonkey dragondragon sunshine
  sunshinesunshine footballfootball baseballbaseball basketball football princess princessprincess superman supermansuperman
  batmanbatman starwars starwarsstarwars pokemonpokemon liverpoolfc manchesterunited manchester chelseafootball realmadrid barcelona
  computer computercomputer internet interneting changeme changemenow changemeplease changeit default defaultpassword secret
  secretpassword topsecret supersecret supersecretpassword mysecretpassword temporary temppassword temporarypassword testtest
  testtesttest testpassword testing testingtesting thisisapassword thisismypassword thisisatest guestguest rootroot toortoor
  correcthorsebatterystaple correcthorse correcthorsebattery spring summer autumn winter summertime january february september
  october november december monday friday saturday qwerqwerqwer asdfasdf hellohello helloworld hellothere hello123hello
  michaeljordan michaelmichael jordanjordan charliecharlie jennifer jessica christopher alexander samsungsamsung samsunggalaxy
  googlegoogle facebook facebookfacebook linkedin linkedinlinkedin adobeadobe photoshop microsoft windows windowsxp minecraft
  fuckyou fuckyoufuckyou fuckyoubitch motherfucker asshole sexsexsex
  `
    .split(/\s+/)
    .filter(Boolean),
);
