#include "handlers/passwords/passphrase.hpp"

#include "handlers/core/ascii.hpp"
#include "handlers/core/secret_text.hpp"
#include "handlers/passwords/pick.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace countersign::passwords {

namespace {

using Words = std::span<const std::string_view>;

constexpr std::size_t words_max = 17;  // of three letters, they fill 72 bytes
constexpr std::size_t tail_bytes = passphrase_digits_each;
// The word that reaches the policy's length may pass it by all its letters.
constexpr std::size_t draft_bytes_max = (words_max + 1) * (passphrase_word_letters_max + 1) + tail_bytes;

void put_word(SecretText& text, std::string_view word)
{
    text.put(static_cast<char>(word.front() - 'a' + 'A')).put(word.substr(1)).put('-');
}

void draw(SecretText& text, Random& random, Words words, std::size_t words_min, std::size_t bytes_min)
{
    text.clear();
    for (std::size_t count = 0; count < words_min || text.size() + tail_bytes < bytes_min; ++count)
        put_word(text, words[pick_below(random, words.size())]);
    for (std::size_t i = 0; i < passphrase_digits_each; ++i)
        text.put(passphrase_digits[pick_below(random, passphrase_digits.size())]);
}

// What is known of the person, against words in small letters. Words are ASCII: the case of other letters does not
// matter.
class Known
{
public:
    explicit Known(const PersonalData& person)
    {
        for (const auto& [field, value] : person.values) values_.push_back(ascii::lower(value));
    }

    bool has(std::string_view word) const
    {
        return std::any_of(values_.begin(), values_.end(), [word](const std::string& value) {
            return value.find(word) != std::string::npos;
        });
    }

    bool has_word_of(std::string_view passphrase) const
    {
        SecretText small{passphrase_word_letters_max};
        for (const char c : passphrase)
        {
            if (c == '-' && has(small.view())) return true;
            if (c == '-')
                small.clear();
            else
                small.put(small.size() == 0 ? ascii::lower(c) : c);
        }
        return false;
    }

private:
    std::vector<std::string> values_;
};

std::vector<std::string_view> words_for(const PasswordPolicy& policy, const PersonalData& person, const Known& known)
{
    std::vector<std::string> blocked;
    for (const std::string_view value : blocked_values(policy, person)) blocked.push_back(ascii::lower(value));
    std::vector<std::string_view> fit;
    for (const std::string_view word : passphrase_words())
    {
        const auto is_in_word = [word](const std::string& value) { return word.find(value) != std::string_view::npos; };
        if (!known.has(word) && std::none_of(blocked.begin(), blocked.end(), is_in_word)) fit.push_back(word);
    }
    return fit;
}

// Were all but one of passphrase_draws_max passphrases refused as a rule, the chance of that one would be as many times
// greater: that much is paid for beforehand.
std::size_t words_needed(std::size_t list)
{
    const double digits = static_cast<double>(passphrase_digits_each) * std::log2(passphrase_digits.size());
    const double bits = passphrase_bits_min + std::log2(passphrase_draws_max) - digits;
    if (list < 2) return words_max + 1;
    return std::max(passphrase_words_each, static_cast<std::size_t>(std::ceil(bits / std::log2(list))));
}

Problem no_passphrase_fits() { return Problem{Errc::refused, "no_passphrase_fits"}; }

}  // namespace

// The first draw takes of the whole list: its chances are known, and hardly anybody needs another. Only then it is
// looked through for what can go into this person's passphrase at all.
Outcome<Secret> passphrase(Random& random, const PasswordPolicy& policy, const PersonalData& person)
{
    if (policy.length_min > password_bytes_max) return no_passphrase_fits();  // ASCII: units are bytes

    const Known known{person};
    SecretText draft{draft_bytes_max};
    std::vector<std::string_view> fit;
    Words words = passphrase_words();
    std::size_t count = words_needed(words.size());
    for (int i = 0; i < passphrase_draws_max; ++i)
    {
        draw(draft, random, words, count, policy.length_min);
        Secret password = draft.secret();
        if (!known.has_word_of(password.expose()) && faults_of(policy, password, person, false).empty())
            return password;
        if (i > 0) continue;
        fit = words_for(policy, person, known);
        words = fit;
        count = words_needed(words.size());
        if (count > words_max) return no_passphrase_fits();
    }
    return no_passphrase_fits();
}

}  // namespace countersign::passwords
