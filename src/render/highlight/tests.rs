use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static SHARED: LazyLock<Highlighter> = LazyLock::new(Highlighter::new);

fn fresh(language: &str, code: &str) -> String {
    SHARED.highlight(&Cache::default(), language, code)
}

/// The text without its tags, unescaped; every line must be whole on its own.
fn unmarked(html: &str) -> String {
    let mut text = String::new();
    for line in html.split('\n') {
        assert_eq!(line.matches("<b ").count(), line.matches("</b>").count(), "{line}");
        let mut rest = line;
        while let Some(open) = rest.find('<') {
            text.push_str(&rest[..open]);
            let close = rest[open..].find('>').expect("a closed tag") + open;
            let tag = &rest[open..=close];
            let known = tag == "</b>"
                || CLASSES.iter().any(|(letter, _)| tag == format!("<b class={letter}>"));
            assert!(known, "{tag}");
            rest = &rest[close + 1..];
        }
        text.push_str(rest);
        text.push('\n');
    }
    text.pop();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Code as handbooks show it.
pub(super) const SNIPPETS: &[(&str, &str)] = &[
    (
        "bash",
        "#!/usr/bin/env bash\nset -euo pipefail\n# Sao lưu hằng ngày\nfor f in /srv/data/*.db; do\n  if [[ -f \"$f\" && ! -L \"$f\" ]]; then\n    tar -czf \"/backup/$(basename \"$f\").tgz\" \"$f\"\n    echo \"Đã sao lưu: ${f}\" >> /var/log/backup.log\n  fi\ndone\nsudo ufw allow from 10.0.0.0/8 to any port 22 proto tcp\ncat <<EOF > /etc/motd\nMáy chủ của trường\nEOF\n",
    ),
    (
        "python",
        "\"\"\"Kiểm tra mật khẩu.\"\"\"\nimport hashlib\nfrom pathlib import Path\n\n@dataclass\nclass Account:\n    name: str\n    tries: int = 0\n\ndef is_leaked(password: str, known: set[str]) -> bool:\n    # So sánh bằng mã băm, không lưu mật khẩu\n    digest = hashlib.sha1(password.encode(\"utf-8\")).hexdigest().upper()\n    if digest in known and not digest.startswith(\"0\"):\n        print(f\"lộ: {digest[:5]}\\n\")\n        return True\n    return None\n",
    ),
    (
        "json",
        "{\n  \"name\": \"so-tay\",\n  \"version\": \"1.2.0\",\n  \"private\": true,\n  \"ports\": [80, 443, 8080],\n  \"owner\": { \"id\": 42, \"email\": \"attt@example.edu.vn\" },\n  \"note\": \"dòng một\\ndòng hai\",\n  \"expires\": null\n}\n",
    ),
    (
        "yaml",
        "# Cấu hình dịch vụ\nservices:\n  web:\n    image: \"nginx:1.27\"\n    restart: always\n    ports:\n      - 80:80\n      - 443:443\n    environment:\n      TZ: Asia/Ho_Chi_Minh\n      DEBUG: false\n    retries: 3\n",
    ),
    (
        "powershell",
        "# Tìm tài khoản lâu không dùng\nParam([int]$Days = 90)\n$limit = (Get-Date).AddDays(-$Days)\nGet-ADUser -Filter { LastLogonDate -lt $limit -and Enabled -eq $true } |\n    Select-Object Name, LastLogonDate |\n    Export-Csv -Path \"C:\\bao-cao.csv\" -NoTypeInformation\nif ($?) { Write-Host \"Xong: $($limit)\" } else { exit 1 }\n",
    ),
    (
        "nginx",
        "server {\n    listen 443 ssl;\n    server_name handbook.example.edu.vn;\n    root /srv/handbook;\n    # Chỉ cho phép TLS mới\n    ssl_protocols TLSv1.2 TLSv1.3;\n    add_header X-Content-Type-Options \"nosniff\" always;\n    location / {\n        try_files $uri $uri/ =404;\n    }\n}\n",
    ),
    (
        "ini",
        "; chính sách mật khẩu\n[policy]\nmin_length = 12\nexpires=never\npath=\"C:\\data\"\n\n[log]\nlevel = warning\n",
    ),
    (
        "toml",
        "# site.toml\ntitle = { vi = \"Sổ tay\", en = \"Handbook\" }\nlanguages = [\"vi\", \"en\"]\n\n[limits]\npage_bytes = 5_000_000\nstrict = true\nsince = 2024-02-23\n",
    ),
    (
        "sql",
        "-- Tài khoản bị khóa\nSELECT u.name, COUNT(*) AS tries\nFROM users u\nJOIN logins l ON l.user_id = u.id\nWHERE l.ok = 0 AND l.at > '2024-01-01'\nGROUP BY u.name\nHAVING COUNT(*) >= 5\nORDER BY tries DESC;\n",
    ),
    (
        "html",
        "<!doctype html>\n<html lang=\"vi\">\n<head>\n  <meta charset=\"utf-8\">\n  <title>Sổ tay</title>\n  <link rel=\"stylesheet\" href=\"site.css\">\n</head>\n<body>\n  <!-- nội dung -->\n  <p class=\"lead\">Xin chào &amp; tạm biệt</p>\n</body>\n</html>\n",
    ),
    (
        "css",
        "/* Màu của trang */\n:root { --accent: #0f4c81; }\n.card > a:hover,\n#top {\n  color: var(--accent);\n  margin: 0 auto 1.5rem;\n  background: url(\"bg.png\") no-repeat;\n}\n@media print { nav { display: none; } }\n",
    ),
    (
        "javascript",
        "// Đếm lượt bấm\nconst button = document.querySelector('#go');\nlet count = 0;\nfunction onClick(event) {\n  count += 1;\n  if (count > 10 || event.shiftKey) return null;\n  console.log(`Đã bấm ${count} lần`);\n  return /^a+$/.test('aaa') ? true : undefined;\n}\nbutton.addEventListener('click', onClick);\n",
    ),
    (
        "rust",
        "/// Số dòng trong một tệp.\nuse std::fs;\n\npub fn count(path: &str) -> Result<usize, std::io::Error> {\n    let text = fs::read_to_string(path)?; // đọc cả tệp\n    let lines = text.lines().filter(|l| !l.is_empty()).count();\n    println!(\"{path}: {lines}\\n\");\n    Ok(lines + 0x1F)\n}\n",
    ),
    (
        "dockerfile",
        "# Ảnh máy chủ\nFROM debian:13-slim AS build\nARG VERSION=1.2\nENV LANG=\"C.UTF-8\"\nRUN apt-get update && apt-get install -y --no-install-recommends nginx\nCOPY --from=build /out /srv\nEXPOSE 80\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n",
    ),
    (
        "diff",
        "diff --git a/sshd_config b/sshd_config\nindex 1234567..89abcde 100644\n--- a/sshd_config\n+++ b/sshd_config\n@@ -1,4 +1,4 @@\n Port 22\n-PermitRootLogin yes\n+PermitRootLogin no\n-PasswordAuthentication yes\n+PasswordAuthentication no\n UsePAM yes\n",
    ),
];

#[test]
fn real_code_costs_at_most_three_times_its_bytes() {
    for (language, code) in SNIPPETS {
        let html = fresh(language, code);
        assert_eq!(unmarked(&html), *code, "{language}");
        assert!(html.contains("<b class="), "{language} has no tokens");
        let ratio = html.len() as f64 / code.len() as f64;
        assert!(ratio <= 3.0, "{language}: {ratio:.2}\n{html}");
    }
}

#[test]
fn every_listed_grammar_exists() {
    for Language(names, label, grammar) in LANGUAGES {
        assert!(grammar.is_empty() || SHARED.grammars.find(grammar).is_some(), "{grammar}");
        assert!(names.iter().all(|n| SHARED.is_known(n)), "{label}");
        if !grammar.is_empty() {
            unmarked(&fresh(names[0], "a = \"b\" # c\n<d e='f'>1</d>\n"));
        }
    }
}

#[test]
fn aliases_and_labels() {
    let cases = [
        ("sh", "Shell"),
        ("ps1", "PowerShell"),
        ("yml", "YAML"),
        ("js", "JavaScript"),
        ("nginx", "nginx"),
        ("ini", "INI"),
        ("console", "Console"),
        ("", ""),
        ("Lua", "Lua"),
        ("kotlin", "Kotlin"),
        ("no-such-language", "no-such-language"),
    ];
    for (word, label) in cases {
        assert_eq!(SHARED.label(word), label);
    }
    assert!(SHARED.is_known("kotlin") && !SHARED.is_known("no-such-language"));
    assert!(!SHARED.is_known("phishing"));
}

#[test]
fn plain_and_unknown_code_is_only_escaped() {
    for language in ["", "text", "console", "no-such-language"] {
        assert_eq!(fresh(language, "a < b && c\n"), "a &lt; b &amp;&amp; c\n");
    }
    let cache = Cache::default();
    SHARED.highlight(&cache, "text", "x");
    assert!(cache.to_save().0.is_empty());
}

#[test]
fn tokens_end_with_their_line() {
    let html = fresh("rust", "/* một\n   hai */\nlet x = 1;\n");
    assert_eq!(
        html,
        "<b class=c>/* một</b>\n   <b class=c>hai */</b>\n<b class=k>let</b> x = <b class=n>1</b>;\n"
    );
}

#[test]
fn a_remembered_block_equals_a_fresh_one() {
    let cache = Cache::default();
    let first = SHARED.highlight(&cache, "bash", "echo \"$HOME\"\n");
    assert_eq!(SHARED.highlight(&cache, "sh", "echo \"$HOME\"\n"), first);
    let (saved, _) = cache.to_save();
    assert_eq!(saved.len(), 1);
    let damaged = saved.keys().map(|k| (*k, vec![0xff, 0xfe].into())).collect();
    assert_eq!(SHARED.highlight(&Cache::new(damaged), "bash", "echo \"$HOME\"\n"), first);
}

#[test]
fn long_lines_and_long_code_stay_plain() {
    let long = "\"x\" ".repeat(2_000);
    let html = fresh("json", &format!("{{}}\n{long}\n[1]\n"));
    assert!(html.contains(&long) && html.ends_with("[<b class=n>1</b>]\n"));
    let huge = "[1]\n".repeat(100_000);
    assert_eq!(fresh("json", &huge), huge);
}

#[test]
fn remembered_lines_change_nothing() {
    fn shared_by_threads(_: &(impl Send + Sync)) {}
    shared_by_threads(&*SHARED);
    for (language, code) in SNIPPETS {
        let highlighter = Highlighter::new();
        let first = highlighter.highlight(&Cache::default(), language, code);
        assert_eq!(highlighter.highlight(&Cache::default(), language, code), first);
        let twice = highlighter.highlight(&Cache::default(), language, &code.repeat(2));
        assert_eq!(
            Highlighter::new().highlight(&Cache::default(), language, &code.repeat(2)),
            twice
        );
    }
}

proptest! {
    #[test]
    fn any_code_survives(language in 0..SNIPPETS.len(), code in "[\\PC\n\t]{0,120}") {
        prop_assert_eq!(unmarked(&fresh(SNIPPETS[language].0, &code)), code);
    }

    #[test]
    fn cut_up_code_survives(language in 0..SNIPPETS.len(), cut in 0usize..400, crlf: bool) {
        let (language, code) = SNIPPETS[language];
        let code: String = code.chars().skip(cut).collect();
        let code = if crlf { code.replace('\n', "\r\n") } else { code };
        prop_assert_eq!(unmarked(&fresh(language, &code)), code);
    }
}
